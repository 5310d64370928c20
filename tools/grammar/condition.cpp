// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "grammar/condition.hpp"

#include "errors.hpp"
#include "format.hpp"
#include "grammar/duration.hpp"
#include "grammar/element.hpp"
#include "naming/described.hpp"

#include <cerrno>

namespace pcipeek::tools {

namespace {

bool take_not_equal(Scanner &in)
{
	if (in.take("=="))
		return false;
	if (in.take("!="))
		return true;
	in.fail("'==VALUE' or '!=VALUE' is missing; a condition is LOCATION==VALUE[:MASK] or "
		"LOCATION!=VALUE[:MASK]");
}

} // namespace

pcipeek::Condition Condition::in_register() const
{
	const Masked masked = what.in_register(location);

	return {.value = masked.value, .mask = masked.mask, .not_equal = not_equal};
}

std::string Condition::unmet_by(std::uint64_t element) const
{
	const auto wanted = what.in_register(location).value;
	auto line =
		formatted("{} is {}, expected {}{}", location.label(),
			  format_with_meaning(location, element), not_equal ? "anything but " : "",
			  format_with_meaning(location, wanted));

	if (what.mask)
		line += formatted(" under mask {}", format_bits(location, *what.mask));
	return line;
}

Error timeout_error(const Address &device, const Condition &condition,
		    std::optional<std::chrono::nanoseconds> time, std::uint64_t element)
{
	const auto after = time ? " after " + format_duration(*time, " ") : std::string();

	return Error({.code = ETIMEDOUT,
		      .cause = Cause::timed_out,
		      .text = formatted("{}: timed out{}: {}", to_string(device), after,
					condition.unmet_by(element)),
		      .address = device,
		      .bar = condition.location.bar,
		      .offset = condition.location.offset});
}

Condition parse_condition(std::string_view text)
{
	Scanner in(text);
	Condition spec;

	spec.text = text;
	spec.location = take_location(in);
	spec.not_equal = take_not_equal(in);
	spec.what = take_masked_value(in, spec.location);
	if (!in.at_end())
		in.fail(formatted("'{}' is not understood here; a condition is "
				  "LOCATION==VALUE[:MASK] or LOCATION!=VALUE[:MASK]",
				  in.rest()));
	if (spec.location.count)
		throw UsageError(formatted("'{}': a condition is about one register; leave "
					   "out the count",
					   text));
	require_bar(spec.location);
	return spec;
}

} // namespace pcipeek::tools
