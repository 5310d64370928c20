// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include "assign.hpp"
#include "place.hpp"

#include <span>
#include <string>

namespace pcipeek::tools {

/* One register, and what goes there. */
struct Write {
	Place place;
	MaskedValue what;

	/* Whether only some bits of it change. */
	bool is_partial() const;
};

enum class Verify {
	no,
	yes
};

/* Checks where it goes, without an access. Throws Error. */
Write find_write(const Device &device, const Assign &assign);

/*
 * Makes it: one write; or, of some bits, one read and one write, which are one step
 * where the region can do that.
 */
void make_write(const Write &write);

/*
 * Writes in order. With Verify::yes each register is read back right after its write,
 * once, and compared in the bits that were written; the first that differs throws
 * Difference, and what comes after it is not written.
 */
void write_all(std::span<const Write> writes, Verify verify);

/* "bar0+0x10 0x00000005:0x0000000f", as a dry run prints it, with a newline. */
std::string format_write(const Write &write);

} // namespace pcipeek::tools
