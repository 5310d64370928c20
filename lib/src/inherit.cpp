// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "inherit.hpp"

#include "attach.hpp"
#include "ioctl_channel.hpp"
#include "state.hpp"

#include <linux/pcipeek.h>

#include <charconv>
#include <cstdlib>
#include <fcntl.h>
#include <optional>
#include <string_view>

namespace pcipeek::detail {
namespace {

// Not for programs that run with more rights than their caller: he says what is there.
std::optional<int> named_descriptor()
{
	const char *variable = ::secure_getenv(inherited_variable);
	const std::string_view text = variable ? variable : "";
	const char *end = text.data() + text.size();
	int fd = -1;
	const auto [stop, error] = std::from_chars(text.data(), end, fd);
	if (error != std::errc{} || stop != end || fd < 0)
		return std::nullopt;
	return fd;
}

bool is_window_on(Channel &channel, const Identity &identity)
{
	pcipeek_device_info info{};
	return !check_version(channel) && !query_info(channel, info) &&
	       address_of(info) == identity.address && is_same(info, identity) &&
	       !(info.state & PCIPEEK_STATE_ENDED);
}

} // namespace

std::unique_ptr<Channel> inherit(const Identity &identity)
{
	const std::optional<int> fd = named_descriptor();
	if (!fd || !is_character_device(*fd))
		return nullptr;
	const int copy = ::fcntl(*fd, F_DUPFD_CLOEXEC, 0);
	if (copy < 0)
		return nullptr;
	auto channel = std::make_unique<IoctlChannel>(copy);
	if (!is_window_on(*channel, identity))
		return nullptr;
	return channel;
}

} // namespace pcipeek::detail
