// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "builder.hpp"

#include "format.hpp"
#include "text.hpp"
#include "toml_block.hpp"
#include "toml_include.hpp"
#include "toml_text.hpp"

#include <algorithm>
#include <array>

namespace pcipeek::map {

namespace {

using namespace std::string_view_literals;

constexpr std::array top_keys{"name"sv,	 "description"sv, "source"sv, "match"sv,   "class"sv,
			      "width"sv, "access"sv,	  "values"sv, "include"sv, "origin"sv,
			      "place"sv, "bar0"sv,	  "bar1"sv,   "bar2"sv,	   "bar3"sv,
			      "bar4"sv,	 "bar5"sv,	  "config"sv, "rom"sv};

/* The parser quotes the character that it did not expect, which may be the end of a line. */
std::string one_line(std::string_view description)
{
	std::string line{description};
	std::replace(line.begin(), line.end(), '\n', ' ');
	std::replace(line.begin(), line.end(), '\r', ' ');
	return line;
}

void check(const toml::parse_result &result, const std::string &file)
{
	if (!result)
		fail(file, result.error().source().begin.line,
		     one_line(result.error().description()));
}

/*
 * toml++ 3.3 runs into undefined behaviour on some characters beyond ASCII that it does not
 * expect. What parses with another character in their place has them where any may stand.
 */
void check_without_those_beyond_ascii(std::string_view text, const std::string &file)
{
	const auto is_beyond = [](char c) {
		return (static_cast<unsigned char>(c) & 0x80) != 0;
	};
	if (std::none_of(text.begin(), text.end(), is_beyond))
		return;
	std::string plain{text};
	if (plain.starts_with("\xef\xbb\xbf"))
		plain.erase(0, 3);
	std::replace_if(plain.begin(), plain.end(), is_beyond, '?');
	check(toml::parse(plain, file), file);
}

toml::table parse(std::string_view text, const std::string &file)
{
	check_characters(text, file);
	check_without_those_beyond_ascii(text, file);
	toml::parse_result result = toml::parse(text, file);
	check(result, file);
	return std::move(result).table();
}

std::vector<std::string> matches_of(const Keys &top)
{
	std::vector<std::string> matches = top.texts("match");
	for (const std::string &code : top.texts("class"))
		matches.push_back("class " + code);
	return matches;
}

void add_regions(const Keys &top, const toml::table &table, MapBuilder &builder)
{
	const NamedLists lists = read_value_lists(top);
	RegisterTypes types(top.file(), lists);
	std::size_t registers = 0;
	RegionReader reader(top.file(), types, registers);
	const Defaults defaults = Defaults{}.with(top);

	for (const Entry &entry : entries_of(table)) {
		const auto region = region_called(entry.name());
		if (!region)
			continue;
		for (Unit &unit : reader.read(*region, *top.table(entry.name()), defaults))
			builder.units.push_back(std::move(unit));
	}
}

} // namespace

MapBuilder read_toml(std::string_view text, const std::string &file, unsigned depth)
{
	const toml::table table = parse(text, file);
	const TomlFile origin{file};
	const Keys top(origin, table, "the map");
	MapBuilder builder;

	top.allow(top_keys);
	builder.file = file;
	builder.name = top.text("name").value_or("");
	if (builder.name.empty())
		top.fail("name", "'name' is missing: what the device is called");
	builder.description = top.text("description").value_or("");
	builder.matches = matches_of(top);
	builder.units = read_included(top, depth);
	add_regions(top, table, builder);
	return builder;
}

} // namespace pcipeek::map
