// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers

#include "choices.hpp"

#include <array>

namespace fuzz {
namespace {

constexpr std::array<std::uint64_t, 32> boundaries{
	/* widths, limits of the contract, bits that a narrower type would lose */
	1,
	2,
	4,
	8,
	0x40,
	0xff,
	0x3ff,
	0x400,
	0xfff,
	0x1000,
	0x1001,
	0xffff,
	16U << 20,
	0x7fffffff,
	0x80000000,
	0xffffffff,
	0x100000000,
	10'000'000'000,
	10'000'000'001,
	1ULL << 40,
	1ULL << 61,
	1ULL << 62,
	1ULL << 63,
	~0ULL,
	/* lengths of this machine's BARs */
	0x80,
	0x100,
	0x4000,
	1U << 20,
	16U << 20,
	0x1000,
	0x100,
	8,
};

} // namespace

std::uint64_t Choices::bytes(unsigned count)
{
	std::uint64_t value = 0;
	for (unsigned i = 0; i < count; i++)
		value |= static_cast<std::uint64_t>(byte()) << 8 * i;
	return value;
}

std::uint64_t Choices::number()
{
	const std::uint8_t kind = byte();
	if (kind < 80)
		return byte();
	if (kind < 120)
		return byte() * 4U;
	if (kind < 160)
		return boundaries.at(below(boundaries.size()));
	if (kind < 220)
		return boundaries.at(below(boundaries.size())) - byte() % 17;
	return bytes(kind < 235 ? 2 : kind < 245 ? 4 : 8);
}

} // namespace fuzz
