// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include <cstdint>
#include <limits>

namespace pcipeek::tools {

/* Arithmetic on what people typed: too large stays too large, and never wraps. */
constexpr std::uint64_t saturating_add(std::uint64_t a, std::uint64_t b)
{
	constexpr auto largest = std::numeric_limits<std::uint64_t>::max();

	return a > largest - b ? largest : a + b;
}

constexpr std::uint64_t saturating_multiply(std::uint64_t a, std::uint64_t b)
{
	constexpr auto largest = std::numeric_limits<std::uint64_t>::max();

	return b != 0 && a > largest / b ? largest : a * b;
}

} // namespace pcipeek::tools
