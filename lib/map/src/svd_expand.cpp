// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "svd_expand.hpp"

#include <utility>

namespace pcipeek::map::svd {

Expansion::Expansion(Document &document, Unit &unit) : document_{document}, unit_{unit}
{
}

void Expansion::add(const Group &group)
{
	unit_.registers.reserve(group.expanded);
	add(group, {.name = unit_.name, .offset = 0, .block = unit_.blocks.front()});
}

void Expansion::add(const Group &group, const Outer &outer)
{
	for (const auto &item : group.items)
		for (std::uint64_t i = 0; i < item.dim.count(); ++i)
			add(item, i, outer);
}

void Expansion::add(const Item &item, std::uint64_t element, const Outer &outer)
{
	std::string name = outer.name;
	const Outer place{
		.name = {}, .offset = offset_of(item, element, outer.offset), .block = outer.block};

	name += '.';
	name += item.name_of(element);
	if (item.group)
		add_cluster(item, std::move(name), place);
	else
		add_register(item, std::move(name), place);
}

void Expansion::add_register(const Item &item, std::string name, const Outer &place)
{
	document_.spend(item.node, sizeof(Register) + name.size());
	unit_.registers.push_back({.name = std::move(name),
				   .offset = place.offset,
				   .type = item.type,
				   .block = place.block});
}

void Expansion::add_cluster(const Item &item, std::string name, const Outer &place)
{
	auto block = std::make_shared<Block>(*unit_.blocks.front());

	document_.spend(item.node, sizeof(Block) + 2 * name.size() + item.description.size() +
					   block->file.size());
	block->name = name;
	block->description = item.description;
	unit_.blocks.push_back(block);
	add(*item.group, {.name = std::move(name), .offset = place.offset, .block = block});
}

std::uint64_t Expansion::offset_of(const Item &item, std::uint64_t element, std::uint64_t outer)
{
	std::uint64_t offset = 0;

	if (__builtin_mul_overflow(item.dim.increment(), element, &offset) ||
	    __builtin_add_overflow(offset, item.offset, &offset) ||
	    __builtin_add_overflow(offset, outer, &offset))
		document_.fail(item.node, "its offset is beyond 64 bits");
	return offset;
}

} // namespace pcipeek::map::svd
