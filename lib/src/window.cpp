// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "window.hpp"

#include "attach.hpp"
#include "diagnosis.hpp"
#include "state.hpp"

#include <cerrno>
#include <utility>

namespace pcipeek::detail {

Window::Window(const Identity &identity, ChannelFactory factory)
	: identity_{identity}, factory_{std::move(factory)}
{
}

const Names &Window::names()
{
	std::call_once(names_once_, [this] { names_ = find_names(identity_); });
	return names_;
}

Channel &Window::open_reader(const Attempt &attempt)
{
	const std::lock_guard lock{opening_};

	if (Channel *channel = reader())
		return *channel;
	reading_ = attach_by_itself(factory_, identity_, false, attempt);
	reader_.store(reading_.get(), std::memory_order_release);
	return *reading_;
}

Channel &Window::open_writer(const Attempt &attempt)
{
	const std::lock_guard lock{opening_};

	if (Channel *channel = writer())
		return *channel;
	check_still_there(attempt);
	writing_ = attach_by_itself(factory_, identity_, true, attempt);
	writer_.store(writing_.get(), std::memory_order_release);
	if (!reader())
		reader_.store(writing_.get(), std::memory_order_release);
	return *writing_;
}

void Window::open(const OpenOptions &options)
{
	const Attempt attempt{"open", identity_.address};
	const std::lock_guard lock{opening_};

	if (reader())
		attempt.fail(EISCONN, {Cause::already_open,
				       "it is open already; open it before the first access"});
	reading_ = attach_as_told(factory_, identity_, options, attempt);
	reader_.store(reading_.get(), std::memory_order_release);
	writer_.store(reading_.get(), std::memory_order_release);
}

// A device of the same kind may sit where ours was: what was opened first knows.
void Window::check_still_there(const Attempt &attempt) const
{
	if (!reading_)
		return;
	const DeviceState state = query_state(*reading_);
	if (state.ended)
		attempt.fail(ENODEV, diagnose_end(state.end_reason));
}

} // namespace pcipeek::detail
