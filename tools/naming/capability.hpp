// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include "grammar/config_target.hpp"

#include <pcipeek/map.hpp>

#include <vector>

namespace pcipeek::tools {

/* Whether the name of a capability is all that was written. */
bool is_capability_alone(const ConfigTarget &target);

/*
 * Every register that the map has of that capability, each with its fields behind it, to
 * be placed and read. What a read would change, and what cannot be read, is left out, with
 * a note on standard error.
 */
std::vector<Location> find_capability(const Map &map, const ConfigRegister &base);

} // namespace pcipeek::tools
