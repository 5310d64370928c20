// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "toml_block.hpp"

#include "format.hpp"
#include "text.hpp"
#include "toml_anchor.hpp"
#include "toml_array.hpp"

#include <array>

namespace pcipeek::map {

namespace {

using namespace std::string_view_literals;

constexpr std::array block_keys{"offset"sv, "count"sv,	    "stride"sv,
				"index"sv,  "first"sv,	    "width"sv,
				"access"sv, "registers"sv,  "description"sv,
				"source"sv, "capability"sv, "extended_capability"sv,
				"virtio"sv, "base"sv,	    "base_scale"sv,
				"header"sv};
constexpr unsigned deepest = 16;

bool is_block(const Entry &entry)
{
	const auto *table = entry.node->as_table();
	return table && table->contains("registers");
}

// Of the region that the block is in.
Block in_region(const Region &region, const std::string &file)
{
	Block block;
	block.space = region.space;
	block.bar = region.bar;
	block.file = file;
	return block;
}

// With %s as one of its letters, which becomes the index of an element.
void check_name(const TomlFile &file, const Entry &entry)
{
	if (!is_name(element_name(entry.name(),
				  entry.name().find("%s") == std::string_view::npos ? "" : "0")))
		file.fail(*entry.key, formatted("'{}' is not a name; use letters, digits and '_'",
						entry.name()));
	if (!entry.node->is_table())
		file.fail(*entry.node,
			  formatted("{}: a register is a table; write {} = {{ offset = "
				    "... }}",
				    entry.name(), entry.name()));
}

std::uint64_t sum(const Keys &keys, std::uint64_t a, std::uint64_t b)
{
	if (a + b < a)
		keys.fail("offset", "it is beyond 64 bits of address");
	return a + b;
}

std::uint64_t offset_of_element(const Keys &keys, const Array &array, std::uint64_t start,
				std::uint64_t i)
{
	if (i != 0 && array.stride > ~std::uint64_t{0} / i)
		keys.fail("stride", "its last elements are beyond 64 bits of address");
	return sum(keys, start, i * array.stride);
}

} // namespace

RegionReader::RegionReader(const TomlFile &file, RegisterTypes &types, std::size_t &registers)
	: file_{file}, types_{types}, registers_{registers}
{
}

std::vector<Unit> RegionReader::read(const Region &region, const toml::table &table,
				     const Defaults &defaults)
{
	const Block block = in_region(region, file_.name);
	units_.clear();
	units_.push_back({.name = "", .base = 0, .blocks = {}, .registers = {}});
	units_.front().blocks.push_back(std::make_shared<Block>(block));

	for (const Entry &entry : entries_of(table)) {
		check_name(file_, entry);
		if (is_block(entry))
			read_unit(block, entry, defaults);
		else
			read_register({&units_.front(), units_.front().blocks.front(), "", 0,
				       defaults, 0},
				      entry, table);
	}
	std::erase_if(units_, [](const Unit &unit) { return unit.registers.empty(); });
	return std::move(units_);
}

void RegionReader::count(const Entry &entry)
{
	if (++registers_ > most_registers)
		file_.fail(*entry.key, formatted("the map has more than {} registers; make its "
						 "arrays smaller",
						 most_registers));
}

void RegionReader::read_register(const Level &level, const Entry &entry,
				 const toml::table &siblings)
{
	const Keys keys = types_.keys_of(entry, siblings);
	const auto type = types_.type_of(keys, *entry.node->as_table(), level.defaults);
	const Array array = array_of(keys, (type->bits + 7) / 8);
	const std::uint64_t start = sum(keys, level.offset, keys.needed_number("offset"));

	for (std::uint64_t i = 0; i < array.indices.size(); i++) {
		count(entry);
		level.unit->registers.push_back(
			{level.prefix + element_name(entry.name(), array.indices[i]),
			 offset_of_element(keys, array, start, i), type, level.block});
	}
}

void RegionReader::read_children(const Level &level, const toml::table &table)
{
	for (const Entry &entry : entries_of(table)) {
		check_name(file_, entry);
		if (is_block(entry))
			read_block(level, entry);
		else
			read_register(level, entry, table);
	}
}

void RegionReader::read_elements(const Level &level, const Entry &entry, const Keys &keys)
{
	const Array array = array_of(keys, 0);
	const toml::table *registers = keys.table("registers");
	if (array.is_array() && array.stride == 0)
		keys.fail("stride", "an array of blocks needs a 'stride' in bytes");

	for (std::uint64_t i = 0; i < array.indices.size(); i++) {
		auto block = std::make_shared<Block>(*level.unit->blocks.front());
		block->name = level.prefix + element_name(entry.name(), array.indices[i]);
		block->description = keys.text("description").value_or("");
		block->source = keys.text("source").value_or("");
		if (level.depth != 0 || i != 0)
			level.unit->blocks.push_back(block);
		else
			level.unit->blocks.front() = block;
		read_children({level.unit, block, block->name + ".",
			       offset_of_element(keys, array, level.offset, i),
			       level.defaults.with(keys), level.depth + 1},
			      *registers);
	}
}

void RegionReader::read_block(const Level &level, const Entry &entry)
{
	const Keys keys(file_, *entry.node->as_table(), formatted("block {}", entry.name()));
	if (level.depth == deepest)
		keys.fail("registers", formatted("blocks are nested more than {} deep", deepest));
	keys.allow(block_keys);
	refuse_anchor(keys);

	Level inner = level;
	inner.offset = sum(keys, level.offset, keys.number("offset").value_or(0));
	read_elements(inner, entry, keys);
}

void RegionReader::read_unit(const Block &region, const Entry &entry, const Defaults &defaults)
{
	const Keys keys(file_, *entry.node->as_table(), formatted("block {}", entry.name()));
	keys.allow(block_keys);

	Unit unit{.name = element_name(entry.name(), ""),
		  .base = keys.number("offset").value_or(0),
		  .blocks = {std::make_shared<Block>(region)},
		  .registers = {}};
	unit.blocks.front()->anchor = anchor_of(keys, region);
	unit.blocks.front()->header = header_of(keys, region);
	read_elements({&unit, unit.blocks.front(), "", 0, defaults, 0}, entry, keys);
	units_.push_back(std::move(unit));
}

} // namespace pcipeek::map
