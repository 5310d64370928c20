// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include "grammar/config_target.hpp"
#include "grammar/script.hpp"
#include "naming/maps.hpp"
#include "regions/place.hpp"

#include <map>
#include <string>
#include <vector>

namespace pcipeek::tools {

/*
 * Turns the names in the arguments of a command into places. What has no name stays as it
 * is, and costs nothing.
 *
 * First find() everything, which checks all that the map knows and makes no access; then
 * place() it, for which a register that says where a block begins is read, once. All
 * throw UsageError that quotes the argument, NameError for a name that is not known, and
 * MapError for a file that cannot be used.
 */
class Names {
public:
	/* @file is read instead of the maps that apply to the device, unless it is empty. */
	Names(const Device &device, const std::string &file);

	/* The register, its width, the field; whether that may be read or written. */
	void find(Use use, Location &location);
	void find(Use use, std::vector<Location> &locations);

	/* The same, and the value. Changes of the bits of one register become one change. */
	void find(Assign &assign);
	void find(std::vector<Assign> &assigns);

	void find(Condition &condition);
	void find(ConfigTarget &target);

	/* Throws ScriptError, which says where. */
	void find(Script &script);

	/* The region and the offset of what was found. Throws Error if there is none. */
	void place(Location &location);
	void place(std::vector<Location> &locations);
	void place(std::vector<Assign> &assigns);
	void place(Script &script);

	Maps &maps()
	{
		return maps_;
	}

private:
	void find(Action &action);
	void look_up(Location &location, std::string_view argument);
	void look_up(Assign &assign);
	const map::Placement &placement(const Described &described);

	Device device_;
	Maps maps_;
	std::map<const map::Block *, map::Placement> placements_;
};

} // namespace pcipeek::tools
