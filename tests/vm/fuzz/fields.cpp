// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers

#include "fields.hpp"

#include <array>

namespace fuzz {
namespace {

std::uint64_t bad_pointer(Choices &choices, const Memory &memory)
{
	const std::array<std::uint64_t, 8> bad{
		0,
		8,
		memory.at(Memory::pages),
		memory.at(0) - 8,
		0xffff888000000000,
		0xffffffff81000000,
		0x0000800000000000,
		~0ULL - 16,
	};
	return bad.at(choices.below(bad.size()));
}

} // namespace

std::uint64_t place_of(std::size_t bytes, Choices &choices, const Memory &memory)
{
	const std::uint8_t kind = choices.byte();
	if (kind < 200)
		return memory.at(0) + 64 + kind % 8;
	if (kind < 215)
		return memory.at(2) - bytes;
	if (kind < 225)
		return memory.at(2) - bytes + 1 + choices.byte() % bytes;
	if (kind < 235)
		return memory.at(2) + 64;
	if (kind < 245)
		return memory.at(Memory::pages) - bytes + choices.byte() % 8;
	return bad_pointer(choices, memory);
}

std::uint64_t buffer_of(Choices &choices, const Memory &memory)
{
	const std::uint8_t kind = choices.byte();
	if (kind < 190)
		return memory.at(1) + kind % 16;
	if (kind < 210)
		return memory.at(2) - choices.byte();
	if (kind < 220)
		return memory.at(2) + choices.byte();
	if (kind < 230)
		return memory.at(Memory::pages) - choices.byte();
	if (kind < 240)
		return memory.at(0) + choices.byte();
	return bad_pointer(choices, memory);
}

std::uint8_t bar_of(Choices &choices)
{
	constexpr std::array<std::uint8_t, 4> likely{0, 0, 1, 2};
	const std::uint8_t byte = choices.byte();
	return byte < 220 ? likely.at(byte % 4) : byte < 248 ? byte % 6 : byte;
}

std::uint8_t width_of(Choices &choices)
{
	constexpr std::array<std::uint8_t, 8> likely{4, 4, 4, 4, 1, 2, 8, 4};
	const std::uint8_t byte = choices.byte();
	return byte < 248 ? likely.at(byte % 8) : byte;
}

std::uint64_t offset_of(std::uint8_t width, Choices &choices)
{
	const std::uint64_t offset = choices.number();
	return choices.rarely() ? offset : offset & ~(std::uint64_t{width} - 1);
}

std::uint64_t value_of(std::uint8_t width, Choices &choices)
{
	const std::uint64_t value = choices.number();
	return choices.rarely() || width > 8 || width == 0 ? value
							   : value & ~0ULL >> (64 - 8 * width);
}

void mangle(void *bytes, std::size_t count, Choices &choices)
{
	auto *byte = static_cast<std::uint8_t *>(bytes);
	if (!choices.rarely())
		return;
	for (std::size_t left = 1 + choices.below(3); left > 0; left--)
		byte[choices.byte() % count] ^= choices.byte();
}

} // namespace fuzz
