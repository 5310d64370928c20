// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include <cstdint>

namespace pcipeek {

/**
 * @brief What a register is waited for to be: {.value = 0, .mask = 1} is "bit 0 is 0".
 *
 * Met when (register & mask) == value, or, with not_equal, when it is something else.
 * A mask that was left out is all bits of the register's width; bits of the mask that
 * the width does not have, and bits of the value outside the mask, are an error of the
 * function that takes it: such a condition would never be met, or always.
 */
struct Condition {
	std::uint64_t value = 0;
	std::uint64_t mask = ~std::uint64_t{0};
	bool not_equal = false;
};

} // namespace pcipeek
