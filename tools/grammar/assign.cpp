// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "grammar/assign.hpp"

#include "errors.hpp"
#include "format.hpp"

namespace pcipeek::tools {

namespace {

Assign parse_any(std::string_view text)
{
	Scanner in(text);
	Assign assign;

	assign.text = text;
	assign.location = take_location(in);
	if (!in.take("="))
		in.fail("'=VALUE' is missing; write LOCATION=VALUE");
	if (in.sees("="))
		in.fail("'==' is a condition; an assignment has one '='");
	assign.what = take_masked_value(in, assign.location);
	if (!in.at_end())
		in.fail(formatted("'{}' is not understood here; an assignment is "
				  "LOCATION=VALUE[:MASK]",
				  in.rest()));
	return assign;
}

} // namespace

bool Assign::is_partial() const
{
	return location.field || what.mask || (location.symbol && !location.symbol->field.empty());
}

Masked Assign::in_register() const
{
	const Masked own = what.in_register(location);

	return {.value = own.value | neutral.value, .mask = own.mask | neutral.mask};
}

void require_whole(const Assign &assign)
{
	if (assign.is_partial())
		throw UsageError(formatted("'{}': a fill writes whole registers; leave out "
					   "the mask and the bit field",
					   assign.text));
}

Assign parse_assign(std::string_view text)
{
	Assign assign = parse_any(text);

	if (assign.location.count)
		throw UsageError(formatted("'{}': one value goes to one register; leave out "
					   "the count, or use 'pcipeek fill'",
					   text));
	return assign;
}

Assign parse_fill(std::string_view text)
{
	Assign assign = parse_any(text);

	if (!assign.location.count)
		throw UsageError(formatted("'{}': the number of registers is missing; write "
					   "LOCATION,COUNT=VALUE or LOCATION..END=VALUE",
					   text));
	require_whole(assign);
	require_bar(assign.location);
	return assign;
}

} // namespace pcipeek::tools
