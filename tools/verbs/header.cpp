// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "command_line.hpp"
#include "errors.hpp"
#include "format.hpp"
#include "header/names.hpp"
#include "header/text.hpp"
#include "output/output.hpp"
#include "verb.hpp"

#include <pcipeek/map.hpp>

namespace pcipeek::tools {

namespace {

struct Arguments {
	std::string map;
	std::string name_space;
};

Arguments parse(int argc, const char *const *argv)
{
	Arguments arguments;
	CommandLine line("header", std::string(header_verb.purpose));

	line.positional("MAP", arguments.map, "a file, or the name of a map, such as 1234-11e8");
	line.option("--namespace", arguments.name_space, "NAME",
		    "the namespace of the registers (default: from the map's name)");
	line.parse(argc, argv);
	if (!arguments.name_space.empty())
		header::check_namespace(arguments.name_space);
	return arguments;
}

std::filesystem::path find_map(const std::string &text)
{
	std::error_code ignored;
	if (std::filesystem::exists(text, ignored))
		return text;
	if (auto file = Map::file_named(text); !file.empty())
		return file;
	throw UsageError(formatted("'{}' is neither a file nor a map in {} and other folders; see "
				   "'Register maps' in pcipeek(1)",
				   text, Map::folders().front().string()));
}

/* Without the folder, and without a default: the same for everybody who makes it. */
std::string origin(const Map &map, const std::filesystem::path &file, const std::string &name_space)
{
	return formatted("Registers of {}. Made by: pcipeek header {} --namespace {}", map.name(),
			 file.filename().string(), name_space);
}

void run(int argc, const char *const *argv)
{
	const Arguments arguments = parse(argc, argv);
	const auto file = find_map(arguments.map);
	const Map map = Map::load(file);
	const auto name_space = arguments.name_space.empty() ? header::namespace_for(map.name())
							     : arguments.name_space;

	print(header::header_text(map, name_space, origin(map, file, name_space)));
}

} // namespace

constinit const Verb header_verb{"header", "write a C++ header of a map's registers", run};

} // namespace pcipeek::tools
