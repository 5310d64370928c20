// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include <pcipeek/map.hpp>

#include "contents.hpp"
#include "format.hpp"

#include <algorithm>
#include <tuple>

namespace pcipeek {

namespace map {
namespace {

using Sorted = std::vector<const Register *>;

// Registers can overlap only in the same room: two capabilities have nothing in common.
auto room(const Register &reg)
{
	const Block &block = *reg.block;
	const Anchor &anchor = block.anchor;
	return std::tuple{block.space, block.bar,   anchor.kind,
			  anchor.id,   anchor.base, block.header};
}

Sorted sorted(std::span<const Register> registers)
{
	Sorted order;
	for (const Register &reg : registers)
		if (!reg.type->overlaps)
			order.push_back(&reg);
	std::ranges::stable_sort(order, [](const Register *a, const Register *b) {
		return std::tuple{room(*a), a->offset} < std::tuple{room(*b), b->offset};
	});
	return order;
}

std::string overlap(const Register &a, const Register &b)
{
	return formatted("{}: {} (+0x{:x}) overlaps {} (+0x{:x}); if that is meant, say "
			 "'overlaps = true'",
			 a.block->file, a.name, a.offset, b.name, b.offset);
}

void find_overlaps(std::span<const Register> registers, std::vector<std::string> &warnings)
{
	const Register *reaches_furthest = nullptr;
	for (const Register *reg : sorted(registers)) {
		if (reaches_furthest && room(*reaches_furthest) == room(*reg) &&
		    reg->offset < reaches_furthest->offset + reaches_furthest->bytes())
			warnings.push_back(overlap(*reaches_furthest, *reg));
		if (!reaches_furthest || room(*reaches_furthest) != room(*reg) ||
		    reg->offset + reg->bytes() >
			    reaches_furthest->offset + reaches_furthest->bytes())
			reaches_furthest = reg;
	}
}

void find_misaligned(std::span<const Register> registers, std::vector<std::string> &warnings)
{
	for (const Register &reg : registers)
		if (reg.type->is_accessible() && reg.offset % (reg.type->word_bits / 8) != 0)
			warnings.push_back(formatted(
				"{}: {} is at +0x{:x}, which is not a multiple "
				"of its {} bytes; it cannot be accessed",
				reg.block->file, reg.name, reg.offset, reg.type->word_bits / 8));
}

void find_overlapping_fields(const Register &reg, std::vector<std::string> &warnings)
{
	std::uint64_t taken = 0;
	for (const Field &field : reg.type->fields) {
		if (taken & field.mask())
			warnings.push_back(formatted("{}: {}: field {} shares bits with another",
						     reg.block->file, reg.name, field.name));
		taken |= field.mask();
	}
}

} // namespace
} // namespace map

std::vector<std::string> Map::warnings() const
{
	std::vector<std::string> warnings;
	const map::RegisterType *last = nullptr;

	map::find_overlaps(registers(), warnings);
	map::find_misaligned(registers(), warnings);
	for (const map::Register &reg : registers()) {
		if (reg.type.get() != last)
			map::find_overlapping_fields(reg, warnings);
		last = reg.type.get();
	}
	return warnings;
}

} // namespace pcipeek
