// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include <cstddef>
#include <string_view>

/** Words of maps: ASCII, compared without regard to case. */
namespace pcipeek::map {

bool same_word(std::string_view a, std::string_view b) noexcept;

/** Whether the word is a name: a letter or underscore, then also digits. */
bool is_name(std::string_view word) noexcept;

/** Whether it is bar0 to bar5, config or rom, and so cannot be a name. */
bool is_region(std::string_view word) noexcept;

/** How many letters must be changed, added or dropped to turn one into the other. */
std::size_t distance(std::string_view a, std::string_view b);

} // namespace pcipeek::map
