// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace pcipeek::map::svd {

/**
 * A scaledNonNegativeInteger of SVD's schema: decimal, "0x" hexadecimal, "#" or "0b" binary,
 * then K, M, G or T for a power of 1024, if any. nullopt if it is none, or has over 64 bits.
 */
std::optional<std::uint64_t> number(std::string_view text);

/** A value, and its bits that matter. */
struct MaskedNumber {
	std::uint64_t value = 0;
	std::uint64_t mask = ~std::uint64_t{0};
};

/** The same, where a binary number may have an "x" for bits that do not matter. */
std::optional<MaskedNumber> masked_number(std::string_view text);

} // namespace pcipeek::map::svd
