// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include <pcipeek/access.hpp>

#include "access_path.hpp"

#include <linux/pcipeek.h>

namespace pcipeek {
namespace {

using detail::Access;
using detail::Channel;

pcipeek_access to_request(const Bar &bar, std::uint64_t offset, Width width, std::uint64_t value)
{
	return {.offset = offset,
		.value = value,
		.bar = static_cast<std::uint8_t>(bar.index()),
		.width = static_cast<std::uint8_t>(bytes(width)),
		.flags = 0,
		.reserved = 0};
}

} // namespace

std::uint64_t read_value(const Bar &bar, std::uint64_t offset, Width width)
{
	detail::check_access(Access::read, bar, offset, bytes(width), width);
	Channel &channel = detail::channel_for(Access::read, bar, offset, width);
	pcipeek_access request = to_request(bar, offset, width, 0);
	if (const int code = channel.call(PCIPEEK_IOC_READ, &request)) [[unlikely]]
		detail::fail_access(Access::read, code, channel, bar, offset, width);
	return request.value;
}

void write_value(const Bar &bar, std::uint64_t offset, Width width, std::uint64_t value)
{
	detail::check_value(Access::write, bar, offset, width, value);
	detail::check_access(Access::write, bar, offset, bytes(width), width);
	Channel &channel = detail::channel_for(Access::write, bar, offset, width);
	pcipeek_access request = to_request(bar, offset, width, value);
	if (const int code = channel.call(PCIPEEK_IOC_WRITE, &request)) [[unlikely]]
		detail::fail_access(Access::write, code, channel, bar, offset, width);
}

} // namespace pcipeek
