// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include <cstdint>

namespace pcipeek {

/**
 * @brief New contents for some bits of a register: {.value = 0x5, .mask = 0xf}.
 *
 * The register becomes (old & ~mask) | (value & mask). The mask is cut to the width
 * of the register, so that one that was left out is all of it. A value that does not
 * fit the width is refused by the function that takes it.
 */
struct Masked {
	std::uint64_t value = 0;
	std::uint64_t mask = ~std::uint64_t{0};
};

} // namespace pcipeek
