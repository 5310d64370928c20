// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include "../maps/map_folder.hpp"
#include "verb_run.hpp"

#include <cstdlib>

namespace pcipeek::tools {

/* A board whose registers have names: the folder is the only one with maps. */
class AMappedBoard : public AVerbOnABoard {
protected:
	AMappedBoard()
	{
		::setenv("PCIPEEK_MAPS", folder.path().c_str(), 1);
		::setenv("XDG_CONFIG_HOME", folder.path().c_str(), 1);
		::setenv("TERM", "dumb", 1);
	}

	void write_map(const std::string &text)
	{
		folder.write("1147-0c8e.toml", "name = \"a board\"\n" + text);
	}

	void write_config_map(const std::string &text)
	{
		folder.write("config.toml", "name = \"all of them\"\n" + text);
	}

	test::MapFolder folder;
};

} // namespace pcipeek::tools
