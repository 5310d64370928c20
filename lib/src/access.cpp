// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include <pcipeek/access.hpp>

#include "access_path.hpp"
#include "attempt.hpp"

#include <linux/pcipeek.h>

#include <cerrno>

namespace pcipeek {
namespace {

using detail::Channel;
using detail::Direction;

pcipeek_access to_request(const Bar &bar, std::uint64_t offset, Width width, std::uint64_t value)
{
	return {.offset = offset,
		.value = value,
		.bar = static_cast<std::uint8_t>(bar.index()),
		.width = static_cast<std::uint8_t>(bytes(width)),
		.flags = 0,
		.reserved = 0};
}

bool value_fits(std::uint64_t value, Width width) noexcept
{
	return width == Width::w64 || value >> bits(width) == 0;
}

[[noreturn, gnu::cold]] void refuse_value(const Bar &bar, std::uint64_t offset, Width width)
{
	detail::Attempt::access("write", bar, offset, width)
		.fail(EINVAL, {Cause::invalid, "the value has more bits than that"});
}

} // namespace

std::uint64_t read_value(const Bar &bar, std::uint64_t offset, Width width)
{
	detail::check_access(Direction::read, bar, offset, bytes(width), width);
	Channel &channel = detail::channel_for(Direction::read, bar, offset, width);
	pcipeek_access request = to_request(bar, offset, width, 0);
	if (const int code = channel.call(PCIPEEK_IOC_READ, &request)) [[unlikely]]
		detail::fail_access(Direction::read, code, channel, bar, offset, width);
	return request.value;
}

void write_value(const Bar &bar, std::uint64_t offset, Width width, std::uint64_t value)
{
	if (!value_fits(value, width)) [[unlikely]]
		refuse_value(bar, offset, width);
	detail::check_access(Direction::write, bar, offset, bytes(width), width);
	Channel &channel = detail::channel_for(Direction::write, bar, offset, width);
	pcipeek_access request = to_request(bar, offset, width, value);
	if (const int code = channel.call(PCIPEEK_IOC_WRITE, &request)) [[unlikely]]
		detail::fail_access(Direction::write, code, channel, bar, offset, width);
}

} // namespace pcipeek
