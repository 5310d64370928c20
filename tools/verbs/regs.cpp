// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "command_line.hpp"
#include "find_device.hpp"
#include "naming/find_map.hpp"
#include "output/regs_printer.hpp"
#include "output/report.hpp"
#include "registers/obstacle.hpp"
#include "registers/placing.hpp"
#include "verb.hpp"

#include <unistd.h>

namespace pcipeek::tools {

namespace {

struct Arguments {
	std::string device;
	std::vector<std::string> names;
	std::string map;
	bool json = false;
	bool fields = false;
	bool config = false;
	bool no_read = false;
	bool foreign = false;
};

Arguments parse(int argc, const char *const *argv)
{
	Arguments arguments;
	CommandLine line("regs", std::string(regs_verb.purpose));

	line.device(arguments.device);
	line.optional_positionals("NAME", arguments.names,
				  "a register, a block, a region, or a pattern as '*STATUS*'; "
				  "without one: all but those of configuration space");
	line.option("--map", arguments.map, "FILE", "the register map, in place of the device's");
	line.flag("--config", arguments.config, "also those of configuration space");
	line.flag("--fields", arguments.fields, "one line for each field");
	line.flag("--json", arguments.json, "print a JSON list");
	line.flag("--no-read", arguments.no_read, "list, and read nothing");
	line.foreign(arguments.foreign);
	line.exclude("--fields", "--json");
	line.exclude("--no-read", "--foreign");
	line.parse(argc, argv);
	return arguments;
}

std::vector<Selected> select(const Device &device, const std::vector<Map> &maps,
			     const Arguments &arguments)
{
	const Map &own = maps.front();
	const Map &config = maps.back();

	if (own.registers().empty() && (!arguments.config || config.registers().empty()) &&
	    (arguments.names.empty() || config.registers().empty()))
		refuse_without_map(device);
	if (!arguments.names.empty())
		return select_named(maps, arguments.names);
	auto selected = select_all(own);
	if (arguments.config)
		for (const auto &item : select_all(config))
			selected.push_back(item);
	return selected;
}

std::unique_ptr<RegsPrinter> make_printer(const std::vector<Row> &rows, const Arguments &arguments)
{
	if (arguments.json)
		return make_regs_json(false);
	return make_regs_text(rows, {.one_line_per_field = arguments.fields,
				     .terminal = terminal_of(STDOUT_FILENO)});
}

void list(std::vector<Row> &rows, RegsPrinter &printer)
{
	for (auto &row : rows) {
		row.obstacle = obstacle_of(*row.reg);
		printer.add(row);
	}
	printer.end();
}

void read_all(const Device &device, std::vector<Row> &rows, RegsPrinter &printer)
{
	for (auto &row : rows) {
		if (row.is_read())
			row.value = read_row(device, row);
		printer.add(row);
	}
	printer.end();
}

/* All places are known, and inside, before the first register is read. */
void place(const Device &device, std::vector<Row> &rows, bool foreign)
{
	check_fixed(device, rows);
	if (foreign)
		device.open({.foreign = true});
	place_others(device, rows);
}

void run(int argc, const char *const *argv)
{
	const Arguments arguments = parse(argc, argv);
	const Device device = find_device(parse_device(arguments.device));
	const auto maps = maps_of(device, arguments.map);
	auto rows = make_rows(select(device, maps, arguments));

	if (arguments.no_read)
		return list(rows, *make_printer(rows, arguments));
	place(device, rows, arguments.foreign);
	const auto printer = make_printer(rows, arguments);
	try {
		read_all(device, rows, *printer);
	} catch (const std::exception &error) {
		printer->fail(sentence("read", error));
		throw;
	}
}

} // namespace

constinit const Verb regs_verb{"regs", "list registers by their names, with their fields", run};

} // namespace pcipeek::tools
