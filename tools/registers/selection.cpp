// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "registers/selection.hpp"

#include "format.hpp"
#include "naming/nearest.hpp"

#include <fnmatch.h>
#include <strings.h>

namespace pcipeek::tools {

namespace {

/* Which registers of one map were asked for. */
struct Marks {
	enum class Mark : char {
		none,
		listed,
		named
	};

	explicit Marks(const Map &of) : map(&of), marks(of.registers().size())
	{
	}

	void set(std::size_t index, Mark mark)
	{
		if (marks[index] < mark)
			marks[index] = mark;
	}

	const Map *map;
	std::vector<Mark> marks;
};

using Mark = Marks::Mark;

bool is_pattern(const std::string &name)
{
	return name.find_first_of("*?[") != std::string::npos;
}

std::string with_region(const map::Register &reg)
{
	return reg.block->region() + '.' + reg.name;
}

bool matches(const std::string &pattern, const std::string &name)
{
	return ::fnmatch(pattern.c_str(), name.c_str(), FNM_CASEFOLD | FNM_NOESCAPE) == 0;
}

bool is_in_block(const std::string &block, const std::string &name)
{
	return name.size() > block.size() && name[block.size()] == '.' &&
	       ::strncasecmp(name.c_str(), block.c_str(), block.size()) == 0;
}

/* Marks all for which @belongs says so, of the plain or the whole name. */
template <class Belongs>
bool mark_all(Marks &marks, const Belongs &belongs)
{
	const auto registers = marks.map->registers();
	bool found = false;

	for (std::size_t i = 0; i < registers.size(); ++i) {
		if (!belongs(registers[i].name) && !belongs(with_region(registers[i])))
			continue;
		marks.set(i, Mark::listed);
		found = true;
	}
	return found;
}

bool mark_matching(std::span<Marks> maps, const std::string &pattern)
{
	bool found = false;

	for (auto &marks : maps)
		found |= mark_all(marks,
				  [&](const std::string &name) { return matches(pattern, name); });
	return found;
}

bool mark_block(Marks &marks, const std::string &block)
{
	return mark_all(marks, [&](const std::string &name) { return is_in_block(block, name); });
}

bool mark_register(Marks &marks, const std::string &name)
{
	const auto *reg = marks.map->find(name);

	if (reg)
		marks.set(static_cast<std::size_t>(reg - marks.map->registers().data()),
			  Mark::named);
	return reg != nullptr;
}

bool mark_name(std::span<Marks> maps, const std::string &name)
{
	for (auto &marks : maps)
		if (mark_block(marks, name) || mark_register(marks, name))
			return true;
	return false;
}

std::string suggestions(std::span<const Marks> maps, const std::string &name)
{
	constexpr std::size_t most = 3;
	std::vector<std::string> names;

	for (const auto &marks : maps)
		for (auto &near : marks.map->nearest(name, most))
			if (names.size() < most)
				names.push_back(std::move(near));
	return join(names, " or ");
}

[[noreturn]] void refuse(std::span<const Marks> maps, const std::string &name)
{
	if (is_pattern(name))
		throw NameError(formatted("no register matches '{}'; 'pcipeek map show' lists "
					  "them all",
					  name));
	const auto nearest = suggestions(maps, name);
	throw NameError(formatted("'{}' is not in the map; {}", name,
				  nearest.empty() ? "'pcipeek map show' lists its registers"
						  : "did you mean " + nearest + "?"));
}

void add_marked(const Marks &marks, std::vector<Selected> &selected)
{
	const auto registers = marks.map->registers();

	for (std::size_t i = 0; i < registers.size(); ++i)
		if (marks.marks[i] != Mark::none)
			selected.push_back(
				{marks.map, &registers[i], marks.marks[i] == Mark::named});
}

} // namespace

std::vector<Selected> select_all(const Map &map)
{
	std::vector<Selected> selected;

	selected.reserve(map.registers().size());
	for (const auto &reg : map.registers())
		selected.push_back({&map, &reg, false});
	return selected;
}

std::vector<Selected> select_named(std::span<const Map> maps, const std::vector<std::string> &names)
{
	std::vector<Marks> marks(maps.begin(), maps.end());
	std::vector<Selected> selected;

	for (const auto &name : names)
		if (!(is_pattern(name) ? mark_matching(marks, name) : mark_name(marks, name)))
			refuse(marks, name);
	for (const auto &of_map : marks)
		add_marked(of_map, selected);
	return selected;
}

Selected select_register(std::span<const Map> maps, const std::string &name)
{
	for (const auto &map : maps)
		if (const auto *reg = map.find(name))
			return {&map, reg, true};
	refuse(std::vector<Marks>(maps.begin(), maps.end()), name);
}

} // namespace pcipeek::tools
