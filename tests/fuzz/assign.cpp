// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
//
// Assignments, fills, conditions and registers of configuration space: a value never has
// a bit outside its mask, nor the mask one outside its register or bit field.
#include "grammar/assign.hpp"
#include "grammar/condition.hpp"
#include "grammar/config_target.hpp"

#include "claim.hpp"
#include "input.hpp"

namespace pcipeek::fuzz {

namespace {

using tools::Location;
using tools::MaskedValue;
using tools::Space;

std::uint64_t ones(unsigned count)
{
	return ~std::uint64_t{0} >> (64 - count);
}

/* The bits of the register that the location is about. */
std::uint64_t allowed(const Location &location)
{
	if (!location.field)
		return ones(bits(location.width));
	return ones(location.field->high + 1) & ~(ones(location.field->low + 1) >> 1);
}

/* Of what is still to be found the value is still to be read. */
void check(const Location &location, const MaskedValue &what)
{
	claim(location.symbol.has_value() == !what.argument.empty(), "a name has an unread value");
	if (location.symbol)
		return claim(what.position < what.argument.size(), "that is in its argument");

	const Masked masked = what.in_register(location);

	claim((masked.value & ~masked.mask) == 0, "a value is inside its mask");
	claim((masked.mask & ~allowed(location)) == 0, "a mask is inside its register");
	claim(what.mask || masked.mask == allowed(location), "no mask is all of it");
}

void check(std::string_view text)
{
	if (const auto assign = parsed(tools::parse_assign, text)) {
		claim(!assign->location.count, "an assignment is to one register");
		claim(assign->location.symbol ||
			      assign->is_partial() == (assign->location.field || assign->what.mask),
		      "a mask or a field is a part");
		check(assign->location, assign->what);
	}
	if (const auto fill = parsed(tools::parse_fill, text)) {
		claim(fill->location.count && !fill->is_partial(), "a fill is of whole registers");
		claim(fill->location.space == Space::bar, "and in a BAR");
		check(fill->location, fill->what);
	}
	if (const auto condition = parsed(tools::parse_condition, text)) {
		claim(!condition->location.count && condition->location.space == Space::bar,
		      "a condition is about one register of a BAR");
		check(condition->location, condition->what);
	}
}

void check_target(std::string_view text)
{
	const auto target = parsed(tools::parse_config_target, text);
	if (!target)
		return;

	claim(target->location.space == Space::config, "it is in configuration space");
	claim(!target->location.symbol || target->location.symbol->reg.starts_with("config."),
	      "and looked for there");
	claim(target->nth == 0 || target->base.base != ConfigBase::header,
	      "only capabilities are counted");
	claim(text.starts_with(target->location.text), "it is quoted as it was written");
	if (!target->what)
		return;
	claim(!target->location.count, "one value goes to one register");
	check(target->location, *target->what);
}

} // namespace

} // namespace pcipeek::fuzz

int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
	const auto text = pcipeek::fuzz::text_of(data, size);

	pcipeek::fuzz::check(text);
	pcipeek::fuzz::check_target(text);
	return 0;
}
