// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "toml_include.hpp"

#include "format.hpp"
#include "text.hpp"

#include <charconv>
#include <filesystem>
#include <map>

namespace pcipeek::map {

namespace {

/** What a value of [place] says. */
struct Target {
	Region region;
	std::uint64_t offset = 0;
};

using Targets = std::map<std::string, Target, std::less<>>;

std::optional<std::uint64_t> offset_in(std::string_view text)
{
	const bool is_hex = text.starts_with("0x");
	std::uint64_t offset = 0;
	const char *end = text.data() + text.size();
	const auto [stop, code] =
		std::from_chars(text.data() + (is_hex ? 2 : 0), end, offset, is_hex ? 16 : 10);
	return code == std::errc{} && stop == end ? std::optional{offset} : std::nullopt;
}

std::optional<Target> target_in(std::string_view text)
{
	const auto plus = text.find('+');
	const auto region = region_called(text.substr(0, plus));
	if (!region)
		return std::nullopt;
	if (plus == std::string_view::npos)
		return Target{*region, 0};
	const auto offset = offset_in(text.substr(plus + 1));
	return offset ? std::optional{Target{*region, *offset}} : std::nullopt;
}

Targets targets_of(const Keys &top)
{
	Targets targets;
	const toml::table *table = top.table("place");
	if (!table)
		return targets;
	for (const Entry &entry : entries_of(*table)) {
		const auto *text = entry.node->as_string();
		const auto target = text ? target_in(text->get()) : std::nullopt;
		if (!target)
			top.file().fail(
				*entry.node,
				formatted("place.{}: write \"REGION\" or \"REGION+OFFSET\", "
					  "for example \"bar0+0x1000\"",
					  entry.name()));
		targets.emplace(entry.name(), *target);
	}
	return targets;
}

std::uint64_t without_origin(const Keys &top, const Unit &unit, std::uint64_t origin)
{
	if (unit.base < origin)
		top.fail("origin", formatted("block {} is at 0x{:x}, below the origin 0x{:x}",
					     unit.name, unit.base, origin));
	return unit.base - origin;
}

void move_to(Unit &unit, const Target &target, std::uint64_t own_offset)
{
	unit.move_to(target.region, target.offset + own_offset);
}

/** Whether a unit has a place at all, and which. */
bool put(const Keys &top, Unit &unit, const Targets &targets, std::uint64_t origin)
{
	const auto named = targets.find(unit.name);
	const auto others = targets.find("*");
	if (named != targets.end())
		move_to(unit, named->second, 0);
	else if (others != targets.end())
		move_to(unit, others->second, without_origin(top, unit, origin));
	else
		return false;
	return true;
}

void check_all_used(const Keys &top, const Targets &targets, const std::vector<Unit> &units)
{
	for (const auto &entry : targets) {
		const std::string &name = entry.first;
		if (name != "*" && std::ranges::none_of(units, [&](const Unit &unit) {
			    return unit.name == name;
		    }))
			top.fail("place", formatted("no included file has a block {}", name));
	}
}

bool is_toml(const std::filesystem::path &file)
{
	return file.extension() == ".toml";
}

std::filesystem::path beside(const std::string &file, const std::string &name)
{
	return std::filesystem::path{file}.parent_path() / name;
}

void add_file(const Keys &top, const std::filesystem::path &file, const Targets &targets,
	      unsigned depth, std::vector<Unit> &units)
{
	const Targets in_bar0{{"*", {}}};
	std::uint64_t origin = 0;
	MapBuilder included = read_file(file, origin, depth + 1);
	origin = top.number("origin").value_or(origin);

	// Those of a TOML file have regions; all others are in BAR 0 unless it says otherwise.
	const Targets &wanted = targets.empty() && !is_toml(file) ? in_bar0 : targets;
	for (Unit &unit : included.units)
		if (wanted.empty() || put(top, unit, wanted, origin))
			units.push_back(std::move(unit));
}

} // namespace

std::vector<Unit> read_included(const Keys &top, unsigned depth)
{
	const Targets targets = targets_of(top);
	const auto files = top.texts("include");
	std::vector<Unit> units;

	if (files.empty() && !targets.empty())
		top.fail("place", "'place' is for the blocks of an 'include'");
	if (!files.empty() && depth == deepest_include)
		top.fail("include",
			 formatted("files include one another more than {} deep", deepest_include));
	for (const std::string &name : files)
		add_file(top, beside(top.file().name, name), targets, depth, units);
	check_all_used(top, targets, units);
	return units;
}

} // namespace pcipeek::map
