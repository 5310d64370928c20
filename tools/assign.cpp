// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "assign.hpp"

#include "number.hpp"

#include <fmt/format.h>

#include <bit>

namespace pcipeek::tools {

namespace {

unsigned room(const Location &location)
{
	return location.field ? location.field->bits() : bits(location.width);
}

/* Nothing is cut off: a value wider than the register is a mistake. */
std::uint64_t take_fitting(Scanner &in, const Location &location)
{
	const std::size_t start = in.position();
	const std::uint64_t value = take_value(in);
	const auto needed = static_cast<unsigned>(std::bit_width(value));

	if (needed > room(location))
		in.fail_at(start, fmt::format("0x{:x} needs {} bits, and {} has {}; "
					      "choose a wider width or a smaller value",
					      value, needed, location.text, room(location)));
	return value;
}

void take_mask(Scanner &in, Assign &assign)
{
	const std::size_t start = in.position();

	assign.mask = take_fitting(in, assign.location);
	if ((assign.value & ~*assign.mask) != 0)
		in.fail_at(start, fmt::format("the value 0x{:x} has bits outside the "
					      "mask 0x{:x}; clear them or widen the mask",
					      assign.value, *assign.mask));
}

} // namespace

Assign parse_assign(std::string_view text)
{
	Scanner in(text);
	Assign assign;

	assign.location = take_location(in);
	if (!in.take("="))
		in.fail("'=VALUE' is missing; write LOCATION=VALUE");
	assign.value = take_fitting(in, assign.location);
	if (in.take(":"))
		take_mask(in, assign);
	if (!in.at_end())
		in.fail(fmt::format("'{}' is not understood here; an assignment is "
				    "LOCATION=VALUE[:MASK]",
				    in.rest()));
	return assign;
}

} // namespace pcipeek::tools
