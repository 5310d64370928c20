// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include "grammar/location.hpp"

#include <string_view>

/* What a map allows. All throw UsageError that quotes @argument. */
namespace pcipeek::tools {

/* Buses have 8, 16, 32 and 64 bits. */
void require_bus_width(const Location &location, std::string_view argument);

/* A read of a location that was found in a map. */
void require_readable(const Location &location, std::string_view argument);

/* The same for a write; of some bits, the others must be readable. */
void require_writable(const Location &location, std::string_view argument);
void require_readable_neighbours(const Location &location, std::string_view argument);

} // namespace pcipeek::tools
