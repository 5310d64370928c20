// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "naming/names.hpp"

#include "errors.hpp"
#include "format.hpp"
#include "naming/described.hpp"
#include "naming/nearest.hpp"
#include "naming/neutral.hpp"
#include "naming/rules.hpp"
#include "naming/values.hpp"
#include "naming/words.hpp"

namespace pcipeek::tools {

namespace {

[[noreturn]] void refuse_field(std::string_view name, const map::Register &reg,
			       std::string_view argument)
{
	std::vector<std::string> names;

	for (const auto &field : reg.type->fields)
		names.push_back(field.name);
	throw NameError(formatted("'{}': {} has no field '{}'{}", argument, reg.name, name,
				  suggestion(name, names)));
}

const map::Field *find_field(std::string_view name, const map::Register &reg,
			     std::string_view argument)
{
	if (name.empty())
		return nullptr;

	const auto *field = reg.type->field(name);
	if (!field)
		refuse_field(name, reg, argument);
	return field;
}

/* What its map says of it, but for its place. */
void describe(Location &location, const Described &described)
{
	const auto &reg = *described.reg;

	location.name = reg.name + location.field_label();
	if (described.field) {
		location.field = BitField{described.field->high, described.field->low};
		location.name = formatted("{}:{}", reg.name, described.field->name);
	}
	location.space = reg.block->space;
	location.bar = reg.block->bar;
	location.offset = reg.offset;
	location.described = std::make_shared<const Described>(described);
	location.symbol.reset();
}

void check_bits(const Location &location, std::string_view argument)
{
	const auto &reg = *location.described->reg;

	require_bus_width(location, argument);
	if (location.field && location.field->high >= reg.type->bits)
		throw UsageError(formatted("'{}': {} has no bit {}; its bits are 0 to {}", argument,
					   reg.name, location.field->high, reg.type->bits - 1));
	if (location.count && reg.type->word_bits < reg.type->bits)
		throw UsageError(
			formatted("'{}': {} has {} words; a count is only for registers of "
				  "one word",
				  argument, reg.name, reg.type->bits / reg.type->word_bits));
}

} // namespace

Names::Names(const Device &device, const std::string &file) : device_(device), maps_(device, file)
{
}

void Names::look_up(Location &location, std::string_view argument)
{
	const Symbol symbol = *location.symbol;
	const auto [map, reg] = maps_.find(symbol.reg, argument);

	describe(location, {map, reg, find_field(symbol.field, *reg, argument)});
	check_bits(location, argument);
	location.width = static_cast<Width>(reg->type->bits / 8);
}

void Names::find(Use use, Location &location)
{
	if (!location.symbol)
		return;
	look_up(location, location.text);
	if (use == Use::read)
		require_readable(location, location.text);
	else
		require_writable(location, location.text);
	narrow(location);
}

void Names::find(Use use, std::vector<Location> &locations)
{
	for (auto &location : locations)
		find(use, location);
}

void Names::look_up(Assign &assign)
{
	Location &location = assign.location;

	if (!location.symbol)
		return;
	look_up(location, assign.text);
	require_writable(location, assign.text);
	assign.what = read_value(assign.what, location);
	narrow(location);
	if (!assign.is_partial())
		return;
	require_one_word(location);
	assign.neutral = neutral_bits(assign);
}

void Names::find(Assign &assign)
{
	std::vector<Assign> one{std::move(assign)};

	find(one);
	assign = std::move(one.front());
}

void Names::find(std::vector<Assign> &assigns)
{
	for (auto &assign : assigns)
		look_up(assign);
	merge(assigns);
	for (auto &assign : assigns) {
		if (!assign.location.described)
			continue;
		simplify(assign);
		if (assign.is_partial())
			require_readable_neighbours(assign.location, assign.text);
	}
}

void Names::find(Condition &condition)
{
	Location &location = condition.location;

	if (!location.symbol)
		return;
	look_up(location, condition.text);
	require_readable(location, condition.text);
	condition.what = read_value(condition.what, location);
	narrow(location);
	require_one_word(location);
	require_bar(location);
}

void Names::find(ConfigTarget &target)
{
	if (!target.what)
		return find(Use::read, target.location);

	Assign assign{target.text, target.location, *target.what};
	find(assign);
	target.location = assign.location;
	target.what = assign.what;
	target.neutral = assign.neutral;
}

const map::Placement &Names::placement(const Described &described)
{
	const auto *block = described.reg->block.get();
	auto known = placements_.find(block);

	if (known == placements_.end())
		known = placements_.emplace(block, map::place(device_, described.map, *block))
				.first;
	return known->second;
}

void Names::place(Location &location)
{
	if (!location.described)
		return;

	const auto &where = placement(*location.described);
	location.space = where.space;
	location.bar = where.bar;
	location.offset += where.base;
}

void Names::place(std::vector<Location> &locations)
{
	for (auto &location : locations)
		place(location);
}

void Names::place(std::vector<Assign> &assigns)
{
	for (auto &assign : assigns)
		place(assign.location);
}

} // namespace pcipeek::tools
