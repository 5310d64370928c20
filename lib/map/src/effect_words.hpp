// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include <array>
#include <string_view>

/** The effects as TOML maps spell them, in the order of their enumerations. */
namespace pcipeek::map {

inline constexpr std::array<std::string_view, 5> read_words{"none", "clears", "sets", "modifies",
							    "other"};
inline constexpr std::array<std::string_view, 10> write_words{
	"plain",       "one-to-clear",	 "one-to-set", "one-to-toggle", "zero-to-clear",
	"zero-to-set", "zero-to-toggle", "clears",     "sets",		"modifies"};

} // namespace pcipeek::map
