// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include <pcipeek/access.hpp>

#include "access/access_path.hpp"

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

// What is rare finds out anew what it says of the access: so the hot path need not keep
// that across the call.
[[noreturn, gnu::cold, gnu::noinline]] void fail(Access access, int code, const Bar &bar,
						 const pcipeek_access &request)
{
	const Width width{request.width};

	detail::fail_access(access, code, channel_for(access, bar, request.offset, width), bar,
			    request.offset, width);
}

// The same, of a device that may have to be opened first.
[[gnu::cold, gnu::noinline]] void call_first(Access access, unsigned long number, const Bar &bar,
					     pcipeek_access &request)
{
	Channel &channel = channel_for(access, bar, request.offset, Width{request.width});

	if (const int code = channel.call(number, &request))
		fail(access, code, bar, request);
}

inline void call(Access access, unsigned long number, const Bar &bar, pcipeek_access &request)
{
	Channel *channel = bar.attachment().channel(use_of(access));
	if (!channel) [[unlikely]]
		return call_first(access, number, bar, request);
	if (const int code = channel->call(number, &request)) [[unlikely]]
		fail(access, code, bar, request);
}

} // namespace

std::uint64_t read_value(const Bar &bar, std::uint64_t offset, Width width)
{
	detail::check_access(Access::read, bar, offset, width);
	pcipeek_access request = to_request(bar, offset, width, 0);
	call(Access::read, PCIPEEK_IOC_READ, bar, request);
	return request.value;
}

void write_value(const Bar &bar, std::uint64_t offset, Width width, std::uint64_t value)
{
	detail::check_value(Access::write, bar, offset, width, value);
	detail::check_access(Access::write, bar, offset, width);
	pcipeek_access request = to_request(bar, offset, width, value);
	call(Access::write, PCIPEEK_IOC_WRITE, bar, request);
}

} // namespace pcipeek
