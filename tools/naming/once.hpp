// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include "regions/elements.hpp"

#include <cstdint>
#include <vector>

namespace pcipeek::tools {

/*
 * Reads what was written by name once, however many of its fields a command names: at the
 * first of them, the others get the same value. Everything else is read each time.
 */
class Once {
public:
	void read(const Place &place, const UseElement &use);

	/* After a write, everything is read anew. */
	void forget();

private:
	struct Known {
		Location location;
		std::uint64_t value = 0;
	};

	const Known *find(const Location &location) const;

	std::vector<Known> known_;
};

} // namespace pcipeek::tools
