// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include <pcipeek/map.hpp>

#include <filesystem>
#include <string>

namespace pcipeek::tools {

/*
 * A map as a file of our own format, of which reading it makes the same registers. Arrays
 * are not found again. Throws MapError if the format cannot say what the map says.
 */
std::string map_toml(const Map &map, const std::filesystem::path &file);

} // namespace pcipeek::tools
