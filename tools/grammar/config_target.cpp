// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "grammar/config_target.hpp"

#include "errors.hpp"
#include "format.hpp"
#include "grammar/number.hpp"

namespace pcipeek::tools {

namespace {

bool starts_with_digit(const Scanner &in)
{
	return !in.at_end() && in.rest().front() >= '0' && in.rest().front() <= '9';
}

/* Fields, and registers of a capability, have names only in a map. */
bool is_of_map(Scanner behind, const ConfigRegister &base)
{
	if (base.base != ConfigBase::header && take_qualifier(behind))
		return true;
	return behind.take(":") && behind.sees_name();
}

/* The register that setpci knows by this name, if it alone is meant. */
std::optional<ConfigRegister> take_setpci_name(Scanner &in)
{
	Scanner ahead = in;
	const auto base = find_config_register(ahead.take_name());

	if (!base || is_of_map(ahead, *base))
		return std::nullopt;
	in = ahead;
	return base;
}

/* Looked for in configuration space only. */
void take_config_symbol(Scanner &in, ConfigTarget &target)
{
	if (!in.sees_name())
		in.fail_at(0, formatted("'{}' is not a register; {}", in.rest(), config_names));
	take_symbol(in, target.location);
	target.location.symbol->reg.insert(0, "config.");
	take_count_and_field(in, target.location);
}

void take_choice(Scanner &in, ConfigTarget &target)
{
	const std::size_t start = in.position();

	if (!in.take("@"))
		return;
	if (target.base.base == ConfigBase::header)
		in.fail_at(start, "only capabilities can occur several times");
	target.nth = take_number(in);
}

void take_setpci_parts(Scanner &in, ConfigTarget &target)
{
	take_offsets_and_width(in, target.location);
	take_choice(in, target);
	take_extent_and_field(in, target.location);
}

void take_register(Scanner &in, ConfigTarget &target)
{
	if (starts_with_digit(in)) {
		target.location.offset = take_config_number(in);
	} else if (const auto base = take_setpci_name(in)) {
		target.base = *base;
		target.location.width = base->width.value_or(Width::w32);
	} else {
		return take_config_symbol(in, target);
	}
	take_setpci_parts(in, target);
}

void take_what(Scanner &in, ConfigTarget &target)
{
	if (!in.take("="))
		return;
	if (target.location.count)
		in.fail("one value goes to one register; leave out the count");
	target.what = take_masked_value(in, target.location);
}

} // namespace

ConfigTarget parse_config_target(std::string_view text)
{
	Scanner in(text);
	ConfigTarget target;

	target.text = text;
	target.location.space = Space::config;
	take_register(in, target);
	target.location.text = text.substr(0, in.position());
	target.location.name = target.location.text;
	take_what(in, target);
	if (!in.at_end())
		in.fail(formatted("'{}' is not understood here; a register is "
				  "NAME|OFFSET[+OFFSET]...[.WIDTH][=VALUE[:MASK]]",
				  in.rest()));
	return target;
}

} // namespace pcipeek::tools
