// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include <pcipeek/device.hpp>
#include <pcipeek/map.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace pcipeek::tools {

/*
 * The map that an argument means: a file (it has a '/' or the suffix of a map), a device
 * (it has a ':'), or the name of a file in the folders of maps. Of a device, the map of
 * configuration space follows its own. Accesses no device.
 *
 * Throws MapError, and NameError if there is none.
 */
std::vector<Map> find_maps(const std::string &text);

/* The maps of a device, as above; the file in place of its own if it is not empty. */
std::vector<Map> maps_of(const Device &device, const std::string &file = "");

/* The folders of maps: "A, B and C", with " and " as @last. */
std::string folder_names(std::string_view last);

/* Throws NameError: no map is for this device; where one was looked for. */
[[noreturn]] void refuse_without_map(const Device &device);

} // namespace pcipeek::tools
