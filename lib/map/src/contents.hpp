// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include <pcipeek/map.hpp>

namespace pcipeek {

/** What copies of a Map share. */
struct Map::Contents {
	std::string name;
	std::string description;
	std::vector<std::string> matches;
	std::vector<map::Register> registers;
};

namespace map {

/** "bar0.STATUS": unique in a map. */
std::string qualified_name(const Register &reg);

/** Whether both are the same place of the same region. */
bool same_place(const Register &a, const Register &b);

} // namespace map
} // namespace pcipeek
