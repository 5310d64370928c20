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

void take_base(Scanner &in, ConfigTarget &target)
{
	if (starts_with_digit(in)) {
		target.location.offset = take_config_number(in);
		return;
	}

	const std::string_view name = in.take_name();
	const auto base = find_config_register(name);
	if (!base)
		in.fail_at(0, formatted("'{}' is not a register; write a name of setpci(8), "
					"CAPxx or ECAPxx with the hexadecimal number of the "
					"capability, or an offset (hexadecimal with 0x)",
					name));
	target.base = *base;
	target.location.width = base->width.value_or(Width::w32);
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

	target.location.space = Space::config;
	take_base(in, target);
	take_offsets_and_width(in, target.location);
	take_choice(in, target);
	take_extent_and_field(in, target.location);
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
