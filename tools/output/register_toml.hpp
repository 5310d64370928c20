// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include "output/toml_table.hpp"

#include <pcipeek/map.hpp>

namespace pcipeek::tools {

/* What a map says of registers of one kind: all keys but "offset", defaults left out. */
void add_register_keys(TomlTable &table, const map::RegisterType &type);

} // namespace pcipeek::tools
