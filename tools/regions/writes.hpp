// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include "grammar/assign.hpp"
#include "regions/place.hpp"

#include <string>

namespace pcipeek::tools {

/* One register, and what goes there. */
struct Write {
	Place place;
	MaskedValue what;
	Masked neutral = {.value = 0, .mask = 0}; /* see Assign */

	/* Whether only some bits of it change. */
	bool is_partial() const;

	/* Everything that is written, in its place in the register. */
	Masked in_register() const;
};

/* Checks where it goes, without an access. Throws Error. */
Write find_write(const Device &device, const Assign &assign);

/*
 * Makes it: one write; or, of some bits, one read and one write, which are one step
 * where the region can do that.
 */
void make_write(const Write &write);

/*
 * The same; then reads it back, once, and compares the bits that were written. Throws
 * Difference.
 */
void make_verified_write(const Write &write);

/* "bar0+0x10 0x00000005:0x0000000f", as a dry run prints it, with a newline. */
std::string format_write(const Write &write);

} // namespace pcipeek::tools
