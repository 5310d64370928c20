// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "device/attachment.hpp"

#include "device/attach.hpp"
#include "device/inherit.hpp"
#include "device/restriction.hpp"
#include "device/state.hpp"
#include "errors/diagnosis.hpp"

#include <cerrno>
#include <utility>

namespace pcipeek::detail {
namespace {

constexpr std::array all_uses{Use::read, Use::write, Use::map, Use::map_and_write};

OpenOptions options_for(Use use)
{
	return {.write = use == Use::write || use == Use::map_and_write,
		.map = use == Use::map || use == Use::map_and_write};
}

} // namespace

Attachment::Attachment(Identity identity, ChannelFactory factory)
	: identity_{identity}, factory_{std::move(factory)}
{
}

const Names &Attachment::names()
{
	std::call_once(names_once_, [this] { names_ = find_names(identity_); });
	return names_;
}

Channel &Attachment::open_for(Use use, const Attempt &attempt)
{
	const std::lock_guard lock{opening_};

	if (!is_open())
		if (std::unique_ptr<Channel> inherited = inherit(identity_, attempt))
			adopt(std::move(inherited));
	if (Channel *there = channel(use))
		return *there;
	check_still_there(attempt);
	std::unique_ptr<Channel> &file = files_[static_cast<std::size_t>(use)];
	file = attach_by_itself(factory_, identity_, options_for(use), attempt);
	serve(use, *file);
	// Whatever else it may do, it can be read by.
	if (!is_open())
		serve(Use::read, *file);
	return *file;
}

void Attachment::open(const OpenOptions &options)
{
	const Attempt attempt{"open", identity_.address};
	const std::lock_guard lock{opening_};

	if (is_open())
		attempt.fail(EISCONN, {Cause::already_open,
				       "it is open already; open it before the first access"});
	if (std::unique_ptr<Channel> inherited = inherit(identity_, attempt)) {
		check_rights(*inherited, options, attempt);
		adopt(std::move(inherited));
	} else {
		adopt(attach_as_told(factory_, identity_, options, attempt));
	}
}

void Attachment::adopt(std::unique_ptr<Channel> file) noexcept
{
	files_.front() = std::move(file);
	serve_the_rest(*files_.front());
}

void Attachment::drop_rights(const Restriction &restriction)
{
	const Attempt attempt{"drop rights to", identity_.address};
	const std::uint64_t rights = rights_of(restriction, attempt);
	const OpenOptions needed{.write = restriction.write, .map = restriction.map};
	const std::lock_guard lock{opening_};

	if (!is_open()) {
		std::unique_ptr<Channel> file = inherit(identity_, attempt);
		adopt(file ? std::move(file)
			   : attach_by_itself(factory_, identity_, needed, attempt));
	}
	drop_rights_of(files_, rights, attempt);
	serve_the_rest(*channel(Use::read));
}

bool Attachment::is_open() const noexcept
{
	return channel(Use::read) != nullptr;
}

void Attachment::serve(Use use, Channel &file) noexcept
{
	channels_[static_cast<std::size_t>(use)].store(&file, std::memory_order_release);
}

void Attachment::serve_the_rest(Channel &file) noexcept
{
	for (const Use use : all_uses)
		if (!channel(use))
			serve(use, file);
}

// A device of the same kind may sit where ours was: what was opened first knows.
void Attachment::check_still_there(const Attempt &attempt) const
{
	if (!is_open())
		return;
	const DeviceState state = query_state(*channel(Use::read));
	if (state.life == Life::ended)
		attempt.fail(ENODEV, diagnose_end(state.end_reason));
}

} // namespace pcipeek::detail
