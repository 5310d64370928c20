// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "registers/placing.hpp"

#include "format.hpp"
#include "registers/obstacle.hpp"

#include <pcipeek/config.hpp>
#include <pcipeek/error.hpp>

#include <algorithm>
#include <array>
#include <cerrno>

namespace pcipeek::tools {

namespace {

using Kind = map::Anchor::Kind;

[[noreturn]] void refuse(const Device &device, const Row &row, int code, Cause cause,
			 const std::string &why)
{
	throw Error({.code = code,
		     .cause = cause,
		     .text = formatted("cannot list {} of {}: it is {} bytes at {}+{:#x}, and {}; "
				       "if the map counts from another address, correct its "
				       "'origin' or its offsets",
				       row.reg->name, to_string(device.address()), row.reg->bytes(),
				       row.region(), row.offset(), why),
		     .address = device.address(),
		     .bar = row.place->bar,
		     .offset = row.offset()});
}

Bar bar_of(const Device &device, const Row &row)
{
	try {
		return device.bar(row.place->bar);
	} catch (const Error &error) {
		if (error.cause() != Cause::no_such_bar)
			throw;
		refuse(device, row, error.code().value(), error.cause(),
		       formatted("there is no usable bar{}", row.place->bar));
	}
}

void check_in_bar(const Device &device, const Row &row)
{
	const std::uint64_t size = bar_of(device, row).size();
	const std::uint64_t bytes = row.reg->bytes();

	if (row.place->base > ~row.reg->offset || row.offset() > size ||
	    bytes > size - row.offset())
		refuse(device, row, ERANGE, Cause::out_of_range,
		       formatted("bar{} has {} bytes", row.place->bar, size));
}

void check_placed(const Device &device, Row &row)
{
	if (row.place->space == map::Space::bar)
		check_in_bar(device, row);
	if (row.is_read())
		row.obstacle = obstacle_at(device, row);
}

/* Where a block is, or why it is nowhere. */
struct Found {
	const Map *map;
	map::Block block;
	std::optional<map::Placement> place = {};
	std::string absence = {};
};

std::string absence_of(const map::Block &block)
{
	if (block.anchor.kind == Kind::virtio)
		return "no such virtio structure";
	return "no such capability";
}

Found find(const Device &device, const Row &row)
{
	Found found{.map = row.map, .block = *row.reg->block};

	try {
		found.place = map::place(device, *row.map, found.block);
	} catch (const Error &error) {
		if (error.cause() == Cause::needs_root)
			found.absence = "only root may look for it";
		else if (error.cause() == Cause::absent)
			found.absence = absence_of(found.block);
		else
			throw;
	}
	return found;
}

/* Blocks at one place are looked for once. */
class Places {
public:
	explicit Places(const Device &device) : device_(device)
	{
	}

	const Found &of(const Row &row)
	{
		const auto known = std::ranges::find_if(found_, [&](const Found &found) {
			return is_same(found, row);
		});

		return known != found_.end() ? *known : found_.emplace_back(find(device_, row));
	}

private:
	static bool is_same(const Found &found, const Row &row)
	{
		const auto &block = *row.reg->block;

		return found.map == row.map && found.block.space == block.space &&
		       found.block.bar == block.bar && found.block.anchor == block.anchor;
	}

	Device device_;
	std::vector<Found> found_;
};

void place(const Device &device, Places &places, Row &row)
{
	const Found &found = places.of(row);

	row.place = found.place;
	row.absence = found.absence;
	if (row.place)
		check_placed(device, row);
}

/* Those with a base in a register come last: what they wait for may not be there. */
void place_all(const Device &device, std::vector<Row> &rows, bool in_registers)
{
	Places places(device);

	for (auto &row : rows) {
		const auto kind = row.reg->block->anchor.kind;
		if (row.place || (kind == Kind::base_register) != in_registers)
			continue;
		if (row.absence.empty() && (!in_registers || row.is_read()))
			place(device, places, row);
	}
}

void check_header(std::vector<Row> &rows, unsigned type)
{
	for (auto &row : rows)
		if (row.reg->block->header.value_or(type) != type)
			row.absence = type == 0 ? "only bridges have it" : "bridges do not have it";
}

bool has_header(const Row &row)
{
	return row.reg->block->header.has_value();
}

} // namespace

void check_fixed(const Device &device, std::vector<Row> &rows)
{
	for (auto &row : rows) {
		row.obstacle = obstacle_on(device, row);
		if (row.place)
			check_placed(device, row);
	}
	if (std::ranges::any_of(rows, has_header))
		check_header(rows, Config(device).header().header_type);
}

void place_others(const Device &device, std::vector<Row> &rows)
{
	place_all(device, rows, false);
	place_all(device, rows, true);
}

/* Its block was found already, and is not looked for again. */
std::uint64_t read_row(const Device &device, const Row &row)
{
	map::Register placed = *row.reg;
	map::Block block = *row.reg->block;

	block.space = row.place->space;
	block.bar = row.place->bar;
	block.anchor = {};
	placed.offset = row.offset();
	placed.block = std::make_shared<const map::Block>(std::move(block));
	return map::read(device, *row.map, placed);
}

} // namespace pcipeek::tools
