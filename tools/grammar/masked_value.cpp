// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "grammar/masked_value.hpp"

#include "format.hpp"
#include "grammar/number.hpp"

#include <bit>

namespace pcipeek::tools {

namespace {

unsigned room(const Location &location)
{
	return location.field ? location.field->bits() : bits(location.width);
}

std::uint64_t all_bits(const Location &location)
{
	return ~std::uint64_t{0} >> (64 - room(location));
}

/* Nothing is cut off: a value wider than the register is a mistake. */
std::uint64_t take_fitting(Scanner &in, const Location &location)
{
	const std::size_t start = in.position();
	const std::uint64_t value =
		location.is_in_config() ? take_config_number(in) : take_value(in);
	const auto needed = static_cast<unsigned>(std::bit_width(value));

	if (needed > room(location))
		in.fail_at(start, formatted("0x{:x} needs {} bits, and {} has {}; "
					    "choose a {}smaller value",
					    value, needed, location.text, room(location),
					    location.described ? "" : "wider width or a "));
	return value;
}

std::uint64_t take_mask(Scanner &in, const Location &location, std::uint64_t value)
{
	const std::size_t start = in.position();
	const std::uint64_t mask = take_fitting(in, location);

	if ((value & ~mask) != 0)
		in.fail_at(start, formatted("the value 0x{:x} has bits outside the "
					    "mask 0x{:x}; clear them or widen the mask",
					    value, mask));
	return mask;
}

/* A name, or a number of which only the digits are checked. */
void take_word(Scanner &in, bool may_be_name)
{
	const auto rest = in.rest();

	if (!may_be_name || rest.empty() || (rest.front() >= '0' && rest.front() <= '9'))
		take_value(in);
	else if (in.take_name().empty())
		in.fail("a value is missing here; write a number, or the name of a value");
}

MaskedValue take_unread(Scanner &in)
{
	MaskedValue masked;

	masked.argument = in.text();
	masked.position = in.position();
	take_word(in, true);
	if (in.take(":"))
		take_word(in, false);
	return masked;
}

} // namespace

std::string_view MaskedValue::unread() const
{
	return std::string_view(argument).substr(position);
}

Masked MaskedValue::in_register(const Location &location) const
{
	const unsigned shift = location.field ? location.field->low : 0;

	return {.value = value << shift, .mask = mask.value_or(all_bits(location)) << shift};
}

MaskedValue take_masked_value(Scanner &in, const Location &location)
{
	if (location.symbol)
		return take_unread(in);

	MaskedValue masked;
	masked.value = take_fitting(in, location);
	if (in.take(":"))
		masked.mask = take_mask(in, location, masked.value);
	return masked;
}

} // namespace pcipeek::tools
