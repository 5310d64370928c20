// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "naming/once.hpp"

#include <algorithm>

namespace pcipeek::tools {

const Once::Known *Once::find(const Location &location) const
{
	const auto found = std::ranges::find_if(known_, [&](const Known &known) {
		return known.location.space == location.space &&
		       known.location.bar == location.bar &&
		       known.location.offset == location.offset &&
		       known.location.width == location.width;
	});

	return found == known_.end() ? nullptr : &*found;
}

void Once::read(const Place &place, const UseElement &use)
{
	if (!place.location.described || place.location.count)
		return read_elements(place, use);
	if (const Known *known = find(place.location))
		return use(0, known->value);
	read_elements(place, [&](std::uint64_t index, std::uint64_t value) {
		known_.push_back({place.location, value});
		use(index, value);
	});
}

void Once::forget()
{
	known_.clear();
}

} // namespace pcipeek::tools
