// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "device/inherit.hpp"

#include "access/ioctl_channel.hpp"
#include "device/attach.hpp"
#include "device/state.hpp"
#include "errors/diagnosis.hpp"
#include "format.hpp"
#include "testing/registry.hpp"

#include <linux/pcipeek.h>

#include <cerrno>
#include <charconv>
#include <cstdlib>
#include <fcntl.h>
#include <string_view>

namespace pcipeek::detail {
namespace {

// Every refusal says how to do without the variable, for those who set it by mistake.
[[noreturn]] void refuse(const Attempt &attempt, int code, Cause cause, std::string_view why)
{
	attempt.fail(code, {cause, formatted("{} {}; unset it to open the device without it",
					     inherited_variable, why)});
}

int parse_descriptor(const Attempt &attempt, std::string_view text)
{
	const char *end = text.data() + text.size();
	int fd = -1;
	const auto [stop, error] = std::from_chars(text.data(), end, fd);

	if (error != std::errc{} || stop != end || fd < 0)
		refuse(attempt, EINVAL, Cause::invalid,
		       formatted("is '{}', which is not a descriptor", text));
	return fd;
}

std::unique_ptr<Channel> duplicate(const Attempt &attempt, int fd)
{
	const bool is_device = is_character_device(fd);
	const int copy = ::fcntl(fd, F_DUPFD_CLOEXEC, 0);
	if (copy < 0 && errno == EBADF)
		refuse(attempt, EBADF, Cause::invalid,
		       formatted("is {}, a descriptor that is not open", fd));
	if (copy < 0)
		attempt.fail(errno, diagnose_other(errno));
	auto channel = std::make_unique<IoctlChannel>(copy);
	if (!is_device || check_version(*channel))
		refuse(attempt, EINVAL, Cause::invalid,
		       formatted("is {}, which is not an open file of /dev/pcipeek", fd));
	return channel;
}

void check_device(const Attempt &attempt, Channel &channel, const Identity &identity)
{
	pcipeek_device_info info{};

	if (query_info(channel, info))
		refuse(attempt, EINVAL, Cause::invalid, "names a file that has no device yet");
	if (address_of(info) != identity.address)
		refuse(attempt, EACCES, Cause::no_right,
		       formatted("allows {} and no other device", to_string(address_of(info))));
	if (info.state & PCIPEEK_STATE_ENDED)
		attempt.fail(ENODEV, diagnose_end(to_state(info).end_reason));
	if (!is_same(info, identity))
		attempt.fail(ENODEV, {Cause::gone, "another device has taken its place"});
}

} // namespace

std::unique_ptr<Channel> inherit(const Identity &identity, const Attempt &attempt)
{
	// Not for programs that run with more rights than their caller, who sets it.
	const char *variable = ::secure_getenv(inherited_variable);
	if (!variable || testing::fake_directory(identity.address))
		return nullptr;
	std::unique_ptr<Channel> channel = duplicate(attempt, parse_descriptor(attempt, variable));
	check_device(attempt, *channel, identity);
	return channel;
}

} // namespace pcipeek::detail
