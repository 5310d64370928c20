// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include <pcipeek/map.hpp>

#include <gtest/gtest.h>

#include <string>

namespace pcipeek::test {

inline Map toml(const std::string &text)
{
	return Map::parse("name = \"a board\"\n" + text, MapFormat::toml, "board.toml");
}

// What a map is refused with. That it is not is a failure.
template <class Action>
std::string map_error_of(const Action &action)
{
	try {
		action();
	} catch (const MapError &error) {
		return error.what();
	}
	ADD_FAILURE() << "nothing was refused";
	return "";
}

} // namespace pcipeek::test
