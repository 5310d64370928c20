// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include "place.hpp"

#include <cstdint>
#include <span>

namespace pcipeek::tools {

/* One register, and what goes there. */
struct Write {
	Place place;
	std::uint64_t value = 0;
};

enum class Verify {
	no,
	yes
};

/*
 * Writes in order, one access each. With Verify::yes each register is read back
 * right after its write, once; the first that differs throws Difference, and what
 * comes after it is not written.
 */
void write_all(std::span<const Write> writes, Verify verify);

} // namespace pcipeek::tools
