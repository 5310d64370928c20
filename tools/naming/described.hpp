// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include "grammar/location.hpp"

#include <pcipeek/map.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace pcipeek::tools {

/* A register that was found by its name, and what its map says of it. */
struct Described {
	Map map; /* keeps the others */
	const map::Register *reg = nullptr;
	const map::Field *field = nullptr; /* null unless one was named */
};

/* The name that a value of the location has: "to_ram". Empty if it has none. */
std::string_view meaning_of(const Location &location, std::uint64_t element);

/* "0x1 to_ram", or just the number. */
std::string format_with_meaning(const Location &location, std::uint64_t element);

/* Whether it is all of a register that takes several bus accesses. */
bool has_several_words(const Location &location);

/* Throws UsageError for such a location. */
void require_one_word(const Location &location);

} // namespace pcipeek::tools
