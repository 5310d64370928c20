// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "command_line.hpp"
#include "format.hpp"
#include "grammar/number.hpp"
#include "naming/find_map.hpp"
#include "output/regs_printer.hpp"
#include "verb.hpp"

#include <bit>
#include <unistd.h>

namespace pcipeek::tools {

namespace {

struct Arguments {
	std::string map;
	std::string name;
	std::string value;
	bool json = false;
};

Arguments parse(int argc, const char *const *argv)
{
	Arguments arguments;
	CommandLine line("decode", std::string(decode_verb.purpose));

	line.positional("MAP", arguments.map,
			"a file, the name of an installed map, or a device, for its map");
	line.positional("REGISTER", arguments.name, "its name in the map");
	line.positional("VALUE", arguments.value, "a value of the whole register");
	line.flag("--json", arguments.json, "print a JSON list");
	line.parse(argc, argv);
	return arguments;
}

/* In configuration space as everywhere there: see take_config_number(). */
std::uint64_t parse_value(const std::string &text, const map::Register &reg)
{
	Scanner in(text);
	const auto value =
		reg.block->space == map::Space::config ? take_config_number(in) : take_value(in);
	const auto needed = static_cast<unsigned>(std::bit_width(value));

	if (!in.at_end())
		in.fail(formatted("'{}' is not understood here; write the value alone", in.rest()));
	if (needed > reg.type->bits)
		in.fail_at(0, formatted("{:#x} needs {} bits, and {} has {}", value, needed,
					reg.name, reg.type->bits));
	return value;
}

void run(int argc, const char *const *argv)
{
	const Arguments arguments = parse(argc, argv);
	const auto maps = find_maps(arguments.map);
	auto rows = make_rows({select_register(maps, arguments.name)});
	Row &row = rows.front();

	row.value = parse_value(arguments.value, *row.reg);
	const auto printer =
		arguments.json ? make_regs_json(false)
			       : make_regs_text(rows, {.one_line_per_field = true,
						       .terminal = terminal_of(STDOUT_FILENO)});
	printer->add(row);
	printer->end();
}

} // namespace

constinit const Verb decode_verb{"decode", "show the fields of a value, without a device", run};

} // namespace pcipeek::tools
