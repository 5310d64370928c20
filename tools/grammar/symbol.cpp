// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "format.hpp"
#include "grammar/location.hpp"

namespace pcipeek::tools {

namespace {

/* "config", "bar1", "bar0x1": in lower case, and not "bar0_x", which can only be a name. */
bool is_region(std::string_view name)
{
	if (name == "config" || name == "rom" || name == "bar")
		return true;
	return name.starts_with("bar") && name[3] >= '0' && name[3] <= '9' &&
	       name.find_first_of("_.") == std::string_view::npos;
}

std::string in_lower_case(std::string_view name)
{
	std::string lower(name);

	for (char &c : lower)
		if (c >= 'A' && c <= 'Z')
			c = static_cast<char>(c - 'A' + 'a');
	return lower;
}

/* Nobody means a register by BAR0. */
void refuse_region_in_capitals(const Scanner &in, std::size_t start, const Symbol &symbol)
{
	const auto lower = in_lower_case(symbol.reg);

	if (is_region(lower))
		in.fail_at(start, formatted("a region is in lower case; write {}", lower));
}

bool is_width(std::string_view name)
{
	return name == "b" || name == "w" || name == "l" || name == "q";
}

} // namespace

bool begins_with_symbol(std::string_view text)
{
	Scanner in(text);

	return in.sees_name() && (!is_region(in.take_name()) || take_qualifier(in));
}

bool take_qualifier(Scanner &in)
{
	Scanner ahead(in.rest());

	if (!ahead.take(".") || !ahead.sees_name() || is_width(ahead.take_name()))
		return false;
	in.take(".");
	return true;
}

void take_symbol(Scanner &in, Location &location)
{
	const std::size_t start = in.position();

	do
		in.take_name();
	while (take_qualifier(in));
	location.symbol = Symbol{std::string(in.text().substr(start, in.position() - start)), ""};
	refuse_region_in_capitals(in, start, *location.symbol);
}

} // namespace pcipeek::tools
