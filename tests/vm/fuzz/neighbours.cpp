// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers

#include "neighbours.hpp"

#include <linux/pcipeek.h>

#include "tame.hpp"

namespace fuzz {
namespace {

/* Of the first bytes, which are those that are looked at. */
template <std::size_t size>
void flip(std::array<std::uint8_t, size> &bytes, std::size_t first, std::minstd_rand &random)
{
	for (unsigned left = 1 + random() % 2; left > 0; left--) {
		std::uint8_t &byte = bytes.at(random() % first);
		const auto bit = static_cast<std::uint8_t>(1U << random() % 8);
		byte = static_cast<std::uint8_t>(random() % 4 == 0 ? random() : byte ^ bit);
	}
}

} // namespace

Neighbours::Neighbours(const Call &call, const Memory &memory)
	: call_(call), argument_(memory.get<decltype(argument_)>(call.argument))
{
	if (call.command != Command::batch)
		return;
	operations_at_ = memory.get<pcipeek_batch>(call.argument).ops;
	operations_ = memory.get<decltype(operations_)>(operations_at_);
}

void Neighbours::put_next(std::minstd_rand &random, Memory &memory) const
{
	constexpr std::size_t most_fields = 24;
	if (!memory.has(call_.argument, argument_bytes))
		return;
	auto argument = argument_;
	auto operations = operations_;
	if (operations_at_ != 0 && random() % 2 == 0)
		flip(operations, operations.size(), random);
	else
		flip(argument, most_fields + random() % 40, random);
	if (memory.has(operations_at_, operation_bytes))
		memory.put(operations_at_, operations.data(), operations.size());
	memory.put(call_.argument, argument.data(), argument.size());
	tame(call_, memory);
}

} // namespace fuzz
