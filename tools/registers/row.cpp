// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "registers/row.hpp"

#include "format.hpp"

namespace pcipeek::tools {

std::string Row::region() const
{
	if (place && place->space == map::Space::bar)
		return formatted("bar{}", place->bar);
	return reg->block->region();
}

std::uint64_t Row::offset() const
{
	return reg->offset + (place ? place->base : 0);
}

std::string Row::short_name() const
{
	const auto &block = reg->block->name;

	if (!block.empty() && reg->name.starts_with(block + '.'))
		return reg->name.substr(block.size() + 1);
	return reg->name;
}

std::vector<Row> make_rows(const std::vector<Selected> &selected)
{
	std::vector<Row> rows;

	rows.reserve(selected.size());
	for (const auto &item : selected) {
		const auto &block = *item.reg->block;
		rows.push_back({.map = item.map, .reg = item.reg, .is_named = item.is_named});
		if (block.anchor.kind == map::Anchor::Kind::fixed)
			rows.back().place = map::Placement{block.space, block.bar, 0};
	}
	return rows;
}

} // namespace pcipeek::tools
