// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include "builder.hpp"
#include "toml_register.hpp"

#include <vector>

namespace pcipeek::map {

/** One region of a file, [bar0] to [bar5], [config] or [rom]: its units. */
class RegionReader {
public:
	RegionReader(const TomlFile &file, RegisterTypes &types, std::size_t &registers);

	/** Throws MapError. */
	std::vector<Unit> read(const Region &region, const toml::table &table,
			       const Defaults &defaults);

private:
	/** Where in the tree of blocks it is. */
	struct Level {
		Unit *unit;
		std::shared_ptr<Block> block;
		std::string prefix;
		std::uint64_t offset;
		Defaults defaults;
		unsigned depth;
	};

	void read_children(const Level &level, const toml::table &table);
	void read_register(const Level &level, const Entry &entry, const toml::table &siblings);
	void read_block(const Level &level, const Entry &entry);
	void read_elements(const Level &level, const Entry &entry, const Keys &keys);
	void read_unit(const Block &region, const Entry &entry, const Defaults &defaults);
	void count(const Entry &entry);

	const TomlFile &file_;
	RegisterTypes &types_;
	std::size_t &registers_;
	std::vector<Unit> units_;
};

} // namespace pcipeek::map
