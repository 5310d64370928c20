// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include "channel.hpp"
#include "window.hpp"

#include <pcipeek/bar.hpp>
#include <pcipeek/width.hpp>

#include <cstdint>

/**
 * The steps that every access goes through: it is checked, it gets a channel, and what
 * goes wrong becomes an Error. What is rare is out of line: this is the hot path.
 */
namespace pcipeek::detail {

enum class Direction : std::uint8_t {
	read,
	write
};

/** Throws what is wrong with accesses: their width, range or alignment, in that order. */
[[noreturn, gnu::cold]] void refuse_access(Direction direction, const Bar &bar,
					   std::uint64_t offset, std::uint64_t size, Width width);

/** Throws what an errno of the module means for an access. */
[[noreturn, gnu::cold]] void fail_access(Direction direction, int code, Channel &channel,
					 const Bar &bar, std::uint64_t offset, Width width);

/** Opens the device, for the sake of an access. */
[[gnu::cold]] Channel &open_channel(Direction direction, const Bar &bar, std::uint64_t offset,
				    Width width);

inline bool is_inside(const Bar &bar, std::uint64_t offset, std::uint64_t size) noexcept
{
	return offset <= bar.size() && size <= bar.size() - offset;
}

inline bool is_aligned(std::uint64_t number, Width width) noexcept
{
	return (number & (bytes(width) - 1)) == 0;
}

/** Checks accesses of that width, of size bytes in all. */
inline void check_access(Direction direction, const Bar &bar, std::uint64_t offset,
			 std::uint64_t size, Width width)
{
	if (!is_inside(bar, offset, size) || !is_aligned(offset | size, width)) [[unlikely]]
		refuse_access(direction, bar, offset, size, width);
}

inline Channel &channel_for(Direction direction, const Bar &bar, std::uint64_t offset, Width width)
{
	const Window &window = bar.window();
	Channel *channel = direction == Direction::read ? window.reader() : window.writer();
	return channel ? *channel : open_channel(direction, bar, offset, width);
}

} // namespace pcipeek::detail
