// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
//
// The contract's checks once more, in another way: each is a list of what must be so,
// in the order of <linux/pcipeek.h>, and the numbers have 128 bits and cannot wrap.
#pragma once

#include "input.hpp"

extern "C" {
#include "interpreter.h"
#include "ops.h"
}

#include <initializer_list>
#include <utility>

namespace pcipeek::fuzz {

__extension__ using Wide = unsigned __int128;

/* The error of the first that is not so. */
inline int first_broken(std::initializer_list<std::pair<bool, int>> rules)
{
	for (const auto &[is_so, error] : rules)
		if (!is_so)
			return -error;
	return 0;
}

inline bool holds(std::uint64_t rights, std::uint64_t needed, unsigned bar)
{
	const bool has_bar = bar >= PCIPEEK_BAR_COUNT || (rights >> bar & 1) != 0;

	return has_bar && (~rights & needed) == 0;
}

/* So many bytes of a BAR, accessed in this width. */
struct Range {
	std::uint64_t offset;
	Wide bytes;
	unsigned bar;
	unsigned width;
};

inline bool is_width(unsigned width)
{
	return width == 1 || width == 2 || width == 4 || width == 8;
}

inline bool is_inside(const Range &range, const pcipeek_limits &limits)
{
	return range.bar < PCIPEEK_BAR_COUNT && is_width(range.width) &&
	       range.width <= limits.bar[range.bar].max_width && range.offset % range.width == 0 &&
	       Wide{range.offset} + range.bytes <= limits.bar[range.bar].length;
}

inline bool fits(std::uint64_t value, unsigned width)
{
	return width > 8 || value < Wide{1} << (8 * width);
}

/* All checks of a place, but for its form; @value must fit, and @size may be refused. */
inline int model_place(const Range &range, std::uint64_t needed, std::uint64_t value,
		       std::uint64_t rights, const pcipeek_limits &limits, bool size_is_fine = true)
{
	const bool exists = range.bar < PCIPEEK_BAR_COUNT && limits.bar[range.bar].length != 0;
	const std::uint64_t length = exists ? limits.bar[range.bar].length : 0;
	const unsigned widest = exists ? limits.bar[range.bar].max_width : 0;

	return first_broken({{holds(rights, needed, range.bar), EACCES},
			     {exists, ENXIO},
			     {is_width(range.width), EINVAL},
			     {range.width <= widest, EOPNOTSUPP},
			     {fits(value, range.width), EINVAL},
			     {size_is_fine, E2BIG},
			     {Wide{range.offset} + range.bytes <= length, ERANGE},
			     {range.offset % std::max(range.width, 1U) == 0, EINVAL}});
}

/* What there can be: no access is wider than 8 bytes, and none if there is no BAR. */
inline pcipeek_limits take_limits(Input &in)
{
	pcipeek_limits limits{};

	for (auto &bar : limits.bar) {
		bar.length = in.take<std::uint64_t>();
		bar.max_width = in.take<std::uint8_t>() % 9;
		if (bar.length == 0)
			bar.max_width = 0;
	}
	return limits;
}

} // namespace pcipeek::fuzz
