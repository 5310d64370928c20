// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include <pcipeek/map.hpp>

#include <string>

namespace pcipeek::tools::header {

/*
 * The C++ header of a map: the same text whenever it is made. @origin is what the first line
 * says it is from. Throws MapError if two names become the same one in C++, or if the map
 * has no register that a header can hold.
 */
std::string header_text(const Map &map, const std::string &name_space, const std::string &origin);

} // namespace pcipeek::tools::header
