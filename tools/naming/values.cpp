// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "naming/values.hpp"

#include "format.hpp"
#include "naming/described.hpp"
#include "naming/nearest.hpp"

namespace pcipeek::tools {

namespace {

std::vector<std::string> names_of(const map::Field &field)
{
	std::vector<std::string> names;

	if (field.values)
		for (const auto &value : *field.values)
			names.push_back(value.name);
	return names;
}

[[noreturn]] void refuse_name(const Scanner &in, std::string_view name, const Location &location)
{
	const auto *field = location.described->field;

	if (!field)
		in.fail(formatted(
			"'{}' is not a number, and only fields have names for their values", name));
	if (names_of(*field).empty())
		in.fail(formatted("'{}' is not a number, and {} has no names for its values", name,
				  location.name));
	in.fail(formatted("{} has no value '{}'{}", location.name, name,
			  suggestion(name, names_of(*field))));
}

MaskedValue take_named_value(Scanner &in, const Location &location)
{
	const std::string_view name = Scanner(in.rest()).take_name();
	const auto *field = location.described->field;
	const auto *named = field ? field->value_named(name) : nullptr;
	const auto all = ~std::uint64_t{0} >> (64 - location.field.value_or(BitField{0, 0}).bits());

	if (!named)
		refuse_name(in, name, location);
	in.take(name);
	if (in.sees(":"))
		in.fail("the name of a value has no mask");
	const auto mask = named->mask & all;
	return {.value = named->value & mask,
		.mask = mask == all ? std::nullopt : std::optional(mask),
		.argument = "",
		.position = 0};
}

} // namespace

MaskedValue read_value(const MaskedValue &unread, const Location &location)
{
	Scanner in(unread.argument);

	in.take(in.rest().substr(0, unread.position));
	return in.sees_name() ? take_named_value(in, location) : take_masked_value(in, location);
}

} // namespace pcipeek::tools
