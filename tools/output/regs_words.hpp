// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include <pcipeek/map.hpp>

#include <cstdint>
#include <string>

namespace pcipeek::tools {

/* The words in which registers and their fields are shown. */

/* "0x0000001f": all digits that so many bits can need. */
std::string hex_of(std::uint64_t value, unsigned bits);

/* "7", "0x1f": of a field. */
std::string short_number(std::uint64_t value);

/* "7", "10:8" */
std::string bits_of(const map::Field &field);

/* Its name, or else its number: "to_ram", "0x1f". */
std::string meaning_of(const map::Register::Decoded &decoded);

/* "rw", "ro", "wo", "rwo" or "none". */
std::string access_word(map::Access access, bool write_once = false);

/* What else a map says: "rw, write one-to-clear, read clears". */
std::string behaviour_of(map::Access access, map::ReadEffect read, map::WriteEffect write,
			 bool write_once = false);

/* The words of the maps' format; empty for none and plain. */
std::string word_of(map::ReadEffect effect);
std::string word_of(map::WriteEffect effect);

} // namespace pcipeek::tools
