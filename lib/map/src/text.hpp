// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include <pcipeek/register_map.hpp>

#include <cstddef>
#include <optional>
#include <string_view>

/** Words of maps: ASCII, compared without regard to case. */
namespace pcipeek::map {

bool same_word(std::string_view a, std::string_view b) noexcept;

/** Whether the word is a name: a letter or underscore, then also digits. */
bool is_name(std::string_view word) noexcept;

struct Region {
	Space space = Space::bar;
	unsigned bar = 0;
};

/** What bar0 to bar5, config and rom stand for; nullopt if it is none of them. */
std::optional<Region> region_called(std::string_view word) noexcept;

/** Whether it is one of them, and so cannot be a name. */
bool is_region(std::string_view word) noexcept;

/** How many letters must be changed, added or dropped to turn one into the other. */
std::size_t distance(std::string_view a, std::string_view b);

} // namespace pcipeek::map
