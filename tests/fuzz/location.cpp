// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
//
// The grammar of locations: what is understood can be written down again, and is then
// understood as the same.
#include "grammar/location.hpp"

#include "claim.hpp"
#include "input.hpp"

namespace pcipeek::fuzz {

namespace {

using tools::BitField;
using tools::Location;

bool is_same(const std::optional<BitField> &a, const std::optional<BitField> &b)
{
	return a.has_value() == b.has_value() && (!a || (a->high == b->high && a->low == b->low));
}

bool is_same(const std::optional<tools::Symbol> &a, const std::optional<tools::Symbol> &b)
{
	return a.has_value() == b.has_value() && (!a || (a->reg == b->reg && a->field == b->field));
}

bool is_same(const Location &a, const Location &b)
{
	return is_same(a.symbol, b.symbol) && a.space == b.space && a.bar == b.bar &&
	       a.offset == b.offset && a.width == b.width && a.count == b.count &&
	       is_same(a.field, b.field);
}

void check_field(const Location &location)
{
	if (!location.field)
		return;

	const BitField &field = *location.field;
	const unsigned room = location.symbol ? 64 : bits(location.width);
	claim(field.low <= field.high && field.high < room, "a field is inside its element");
	claim(field.of(~std::uint64_t{0}) == ~std::uint64_t{0} >> (64 - field.bits()),
	      "a field has as many bits as it says");
}

void check_symbol(const Location &location)
{
	claim(tools::begins_with_symbol(location.text) == location.symbol.has_value(),
	      "what begins with a name is a name");
	if (!location.symbol)
		return;
	claim(!location.symbol->reg.empty(), "a name is not empty");
	claim(location.symbol->field.empty() || !location.field, "a field has a name or numbers");
	claim(location.offset == 0 && !location.described, "it is not found yet");
}

void check(std::string_view text)
{
	const auto location = parsed(tools::parse_location, text);
	if (!location)
		return;

	claim(location->text == text, "a location is quoted as it was written");
	claim(location->elements() >= 1, "a location has an element");
	check_field(*location);
	check_symbol(*location);

	const auto again = parsed(tools::parse_location, location->canonical());
	claim(again && is_same(*location, *again), "what is printed means the same");
	claim(again->canonical() == location->canonical(), "and is printed the same");
	claim(!location->label(location->elements() - 1).empty(), "a label is not empty");
}

} // namespace

} // namespace pcipeek::fuzz

int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
	pcipeek::fuzz::check(pcipeek::fuzz::text_of(data, size));
	return 0;
}
