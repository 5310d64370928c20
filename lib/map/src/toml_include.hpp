// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include "builder.hpp"
#include "toml_keys.hpp"

namespace pcipeek::map {

/** How many files may include one another. */
inline constexpr unsigned deepest_include = 8;

/**
 * The units of the files that `include` names, where `place` and `origin` put them.
 * @p depth counts the files around this one. Throws MapError.
 */
std::vector<Unit> read_included(const Keys &top, unsigned depth);

} // namespace pcipeek::map
