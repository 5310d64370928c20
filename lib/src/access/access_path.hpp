// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include "access/channel.hpp"
#include "device/attachment.hpp"

#include <pcipeek/bar.hpp>
#include <pcipeek/width.hpp>

#include <cstdint>

/**
 * The steps that every access goes through: it is checked, it gets a channel, and what
 * goes wrong becomes an Error. What is rare is out of line: this is the hot path.
 */
namespace pcipeek::detail {

enum class Access : std::uint8_t {
	read,
	write,
	update, // one of each
	poll, // many reads
};

constexpr bool writes(Access access) noexcept
{
	return access == Access::write || access == Access::update;
}

constexpr Use use_of(Access access) noexcept
{
	return writes(access) ? Use::write : Use::read;
}

/** The beginning of an error's line: "cannot read 32 bits at bar2+0x1c of 0000:05:0d.0". */
Attempt to_attempt(Access access, const Bar &bar, std::uint64_t offset, Width width);

/** Throws what is wrong with accesses: their width, range or alignment, in that order. */
[[noreturn, gnu::cold]] void refuse_access(Access access, const Bar &bar, std::uint64_t offset,
					   std::uint64_t size, Width width);

/** Throws that a value, or mask, has bits that the width does not have. */
[[noreturn, gnu::cold]] void refuse_value(Access access, const Bar &bar, std::uint64_t offset,
					  Width width);

/** Throws what an errno of the module means for an access. */
[[noreturn, gnu::cold]] void fail_access(Access access, int code, Channel &channel, const Bar &bar,
					 std::uint64_t offset, Width width);

/** Opens the device, for the sake of an access. */
[[gnu::cold]] Channel &open_channel(Access access, const Bar &bar, std::uint64_t offset,
				    Width width);

inline bool is_inside(const Bar &bar, std::uint64_t offset, std::uint64_t size) noexcept
{
	return offset <= bar.size() && size <= bar.size() - offset;
}

inline bool is_aligned(std::uint64_t number, Width width) noexcept
{
	return (number & (bytes(width) - 1)) == 0;
}

inline bool fits(std::uint64_t value, Width width) noexcept
{
	// Two steps, since no type can be shifted by all of its bits at once.
	return value >> (bits(width) - 1) >> 1 == 0;
}

/** Checks accesses of that width, of size bytes in all. */
inline void check_access(Access access, const Bar &bar, std::uint64_t offset, std::uint64_t size,
			 Width width)
{
	if (!is_inside(bar, offset, size) || !is_aligned(offset | size, width)) [[unlikely]]
		refuse_access(access, bar, offset, size, width);
}

/** Checks one access: its size is its width. */
inline void check_access(Access access, const Bar &bar, std::uint64_t offset, Width width)
{
	if (!is_inside(bar, offset, bytes(width)) || !is_aligned(offset, width)) [[unlikely]]
		refuse_access(access, bar, offset, bytes(width), width);
}

inline void check_value(Access access, const Bar &bar, std::uint64_t offset, Width width,
			std::uint64_t value)
{
	if (!fits(value, width)) [[unlikely]]
		refuse_value(access, bar, offset, width);
}

inline Channel &channel_for(Access access, const Bar &bar, std::uint64_t offset, Width width)
{
	Channel *channel = bar.attachment().channel(use_of(access));
	return channel ? *channel : open_channel(access, bar, offset, width);
}

} // namespace pcipeek::detail
