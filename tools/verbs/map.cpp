// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "command_line.hpp"
#include "errors.hpp"
#include "find_device.hpp"
#include "format.hpp"
#include "naming/find_map.hpp"
#include "output/map_toml.hpp"
#include "output/map_which.hpp"
#include "output/output.hpp"
#include "output/regs_printer.hpp"
#include "output/report.hpp"
#include "verb.hpp"

#include <array>
#include <optional>
#include <unistd.h>

namespace pcipeek::tools {

namespace {

/* One of the things that can be done with maps; a verb below the verb. */
constexpr std::string_view check_purpose = "check files, and show what is odd in them";
constexpr std::string_view show_purpose = "list the registers of a map, with what it says of them";
constexpr std::string_view which_purpose = "show which files apply to a device";
constexpr std::string_view convert_purpose = "print a map of any format as TOML";

std::string summary(const std::string &file, const Map &map)
{
	std::size_t fields = 0;

	for (const auto &reg : map.registers())
		fields += reg.type->fields.size();
	return formatted("{}: {} registers, {} fields\n", file, map.registers().size(), fields);
}

void check_file(const std::string &file)
{
	const Map map = Map::load(file);

	for (const auto &warning : map.warnings())
		print(formatted("warning: {}\n", warning));
	print(summary(file, map));
}

/* Each fault is one line of errors; the last one also ends the command. */
void check_files(const std::vector<std::string> &files)
{
	std::optional<MapError> fault;

	for (const auto &file : files) {
		try {
			check_file(file);
		} catch (const MapError &error) {
			if (fault)
				report("map", *fault);
			fault = error;
		}
	}
	if (fault)
		throw MapError(*fault);
}

void check(int argc, const char *const *argv)
{
	std::vector<std::string> files;
	CommandLine line("map check", std::string(check_purpose));

	line.positionals("FILE", files, "a register map: .toml, .svd, .xml or .json");
	line.parse(argc, argv);
	check_files(files);
}

void print_title(const Map &map)
{
	std::string matches;

	for (const auto &match : map.matches())
		matches += (matches.empty() ? "" : ", ") + match;
	if (!map.name().empty())
		print(map.name() + '\n');
	if (!map.description().empty())
		print(map.description() + '\n');
	if (!matches.empty())
		print(formatted("for {}\n", matches));
	print("\n");
}

void show(int argc, const char *const *argv)
{
	std::string text;
	bool json = false;
	CommandLine line("map show", std::string(show_purpose));

	line.positional("MAP", text, "a file, the name of an installed map, or a device");
	line.flag("--json", json, "print a JSON list");
	line.parse(argc, argv);

	const auto maps = find_maps(text);
	/* That of configuration space is shown only where it is alone. */
	const Map &map = maps.front().registers().empty() ? maps.back() : maps.front();
	const auto rows = make_rows(select_all(map));
	const auto printer = json ? make_regs_json(true)
				  : make_regs_text(rows, {.has_descriptions = true,
							  .terminal = terminal_of(STDOUT_FILENO)});
	if (!json)
		print_title(map);
	for (const auto &row : rows)
		printer->add(row);
	printer->end();
}

void which(int argc, const char *const *argv)
{
	std::string text;
	bool json = false;
	CommandLine line("map which", std::string(which_purpose));

	line.device(text);
	line.flag("--json", json, "print a JSON object");
	line.parse(argc, argv);

	const Device device = find_device(parse_device(text));
	print(json ? which_json(device) : format_which(device));
}

void convert(int argc, const char *const *argv)
{
	std::string file;
	CommandLine line("map convert", std::string(convert_purpose));

	line.positional("FILE", file, "a register map: .svd, .xml, .json or .toml");
	line.parse(argc, argv);
	print(map_toml(Map::load(file), file));
}

struct Action {
	std::string_view name;
	std::string_view arguments;
	std::string_view purpose;
	void (*run)(int argc, const char *const *argv);
};

constexpr std::array actions{
	Action{"check", "FILE...", check_purpose, check},
	Action{"show", "MAP [--json]", show_purpose, show},
	Action{"which", "DEVICE [--json]", which_purpose, which},
	Action{"convert", "FILE", convert_purpose, convert},
};

[[noreturn]] void print_help()
{
	std::string text = formatted("{}\nUsage: pcipeek map ACTION [ARGUMENT]...\n\nActions:\n",
				     map_verb.purpose);

	for (const auto &action : actions)
		text += formatted("  {:<9}{:<17}{}\n", action.name, action.arguments,
				  action.purpose);
	throw HelpRequest{text + "\nOptions:\n"
				 "  --help     print this help and exit\n"
				 "  --json     show, which: print JSON\n"
				 "\nEach action has a --help of its own. The format of maps is in "
				 "docs/maps.md.\n"};
}

void run(int argc, const char *const *argv)
{
	const std::string_view first = argc > 1 ? argv[1] : "";

	if (first == "--help")
		print_help();
	for (const auto &action : actions)
		if (action.name == first)
			return action.run(argc - 1, argv + 1);
	if (first.empty())
		throw UsageError("an action is missing; use check, show, which or convert");
	throw UsageError(
		formatted("'{}' is not an action; use check, show, which or convert", first));
}

} // namespace

constinit const Verb map_verb{"map", "check, show and convert register maps", run};

} // namespace pcipeek::tools
