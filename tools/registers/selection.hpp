// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include <pcipeek/map.hpp>

#include <span>
#include <string>
#include <vector>

namespace pcipeek::tools {

/* A register that was asked for, and the map that it is in. */
struct Selected {
	const Map *map = nullptr;
	const map::Register *reg = nullptr;
	bool is_named = false; /* by its own name, not by that of a block or a pattern */
};

/* All registers of a map, in its order. */
std::vector<Selected> select_all(const Map &map);

/*
 * Those with the names: each one once, in the order of the maps. A name is that of a
 * register, a block or a region, or a pattern of fnmatch(3) that whole names match; case
 * does not matter. A name that is in one map is not looked for in the maps after it; a
 * pattern is.
 *
 * Throws NameError for one that matches nothing, or that means several registers. The maps
 * must outlive what is returned.
 */
std::vector<Selected> select_named(std::span<const Map> maps,
				   const std::vector<std::string> &names);

/* The one register of that name, in the first map that has it. Throws NameError. */
Selected select_register(std::span<const Map> maps, const std::string &name);

} // namespace pcipeek::tools
