// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "access/transfer.hpp"

#include <algorithm>
#include <cerrno>

namespace pcipeek::detail {

Transfer::Transfer(Access access, const Bar &bar, std::uint64_t offset, Width width,
		   std::uint32_t flags)
	: channel_{channel_for(access, bar, offset, width)}
{
	request_.size = sizeof(request_);
	request_.flags = flags | (writes(access) ? PCIPEEK_BLOCK_WRITE : 0);
	request_.bar = static_cast<std::uint8_t>(bar.index());
	request_.width = static_cast<std::uint8_t>(bytes(width));
	request_.offset = offset;
}

// Goes on after a signal: its handler has run then, and `done` says where to go on.
// The generation of the first call holds for the others, so that a reset is noticed.
int Transfer::move(const std::byte *image, std::uint64_t count)
{
	while (count > 0) {
		request_.buffer = reinterpret_cast<std::uintptr_t>(image);
		request_.count =
			std::min<std::uint64_t>(count, PCIPEEK_BLOCK_MAX_BYTES / request_.width);
		request_.done = 0;
		const int code = channel_.call(PCIPEEK_IOC_BLOCK, &request_);
		const std::uint64_t moved = code ? request_.done : request_.count;
		done_ += moved;
		image += moved * request_.width;
		count -= moved;
		if (!(request_.flags & PCIPEEK_BLOCK_FIXED))
			request_.offset += moved * request_.width;
		if (code && code != EINTR)
			return code;
	}
	return 0;
}

} // namespace pcipeek::detail
