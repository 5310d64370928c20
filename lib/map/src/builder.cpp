// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "builder.hpp"

#include "contents.hpp"
#include "format.hpp"
#include "text.hpp"

#include <algorithm>
#include <unordered_set>

namespace pcipeek {
namespace map {

namespace {

constexpr unsigned most_bits = 1024;

using Names = std::unordered_set<std::string>;

std::string element_name(const Register &reg)
{
	return formatted("register {}", reg.name);
}

void check_field(const std::string &file, const Register &reg, const Field &field)
{
	if (!is_name(field.name))
		fail(file, 0,
		     formatted("{}: '{}' is not a name for a field; use letters, digits and '_'",
			       element_name(reg), field.name));
	if (field.low > field.high || field.high >= reg.type->bits || field.high >= 64)
		fail(file, 0,
		     formatted("{}: field {} has the bits {}:{}, but the register has {}",
			       element_name(reg), field.name, field.high, field.low,
			       reg.type->bits));
}

// One that is shared by the elements of an array is checked once.
void check_type(const std::string &file, const Register &reg)
{
	const RegisterType &type = *reg.type;
	if (type.bits == 0 || type.bits > most_bits)
		fail(file, 0,
		     formatted("{}: {} bits are not a width; use 1 to {}", element_name(reg),
			       type.bits, most_bits));
	if (type.word_bits == 0 || type.word_bits > type.bits || type.bits % type.word_bits != 0)
		fail(file, 0,
		     formatted("{}: {} bits are not a whole number of words of {} bits",
			       element_name(reg), type.bits, type.word_bits));

	std::unordered_set<std::string_view> names;
	for (const Field &field : type.fields) {
		check_field(file, reg, field);
		if (!names.insert(field.name).second)
			fail(file, 0,
			     formatted("{}: two fields are called {}", element_name(reg),
				       field.name));
	}
}

void check_name(const std::string &file, const Register &reg, Names &names)
{
	const std::string_view name = reg.name;
	const auto first = name.substr(0, name.find('.'));
	if (is_region(first))
		fail(file, 0,
		     formatted("{}: {} is the name of a region; choose another", element_name(reg),
			       first));
	if (!names.insert(qualified_name(reg)).second)
		fail(file, 0,
		     formatted("{} is in {} twice", element_name(reg), reg.block->region()));
}

// Takes it out of the unit, and puts it where the unit is.
Register at_base(const std::string &file, Register &&reg, std::uint64_t base)
{
	if (reg.offset + base < base || reg.offset + base + reg.bytes() < reg.bytes())
		fail(file, 0, formatted("{} is beyond 64 bits of address", element_name(reg)));
	reg.offset += base;
	return std::move(reg);
}

} // namespace

std::string qualified_name(const Register &reg)
{
	return reg.block->region() + '.' + reg.name;
}

bool same_place(const Register &a, const Register &b)
{
	const Block &of_a = *a.block;
	const Block &of_b = *b.block;
	return of_a.space == of_b.space && of_a.bar == of_b.bar && of_a.anchor == of_b.anchor &&
	       a.offset == b.offset && a.type->bits == b.type->bits;
}

void Unit::move_to(const Region &region, std::uint64_t new_base)
{
	base = new_base;
	for (const auto &block : blocks) {
		block->space = region.space;
		block->bar = region.bar;
	}
}

void fail(const std::string &file, std::size_t line, const std::string &complaint)
{
	throw MapError(line ? formatted("{}:{}: {}", file, line, complaint)
			    : formatted("{}: {}", file, complaint));
}

} // namespace map

Map MapBuilder::build() &&
{
	auto contents = std::make_shared<Map::Contents>();
	std::unordered_set<const map::RegisterType *> checked;
	map::Names names;

	for (map::Unit &unit : units) {
		for (map::Register &reg : unit.registers) {
			if (checked.insert(reg.type.get()).second)
				map::check_type(file, reg);
			map::check_name(file, reg, names);
			contents->registers.push_back(
				map::at_base(file, std::move(reg), unit.base));
		}
	}
	contents->name = std::move(name);
	contents->description = std::move(description);
	contents->matches = std::move(matches);
	return Map{std::move(contents)};
}

} // namespace pcipeek
