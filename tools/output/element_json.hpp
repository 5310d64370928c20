// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include "grammar/location.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace pcipeek::tools {

/*
 * The JSON of an element, an object on one line:
 *
 *     {"location": "bar0+0x08:7:4", "bar": 0, "offset": 8, "width": 4,
 *      "value": 3, "hex": "0x3"}
 *
 * A field whose values have names in a map has "meaning", too: "to_ram", or null.
 * offset and width are in bytes; bar is null in other regions. The value is there twice, since many readers of
 * JSON lose the bits of a number above 2^53.
 */
std::string element_json(const Location &location, std::uint64_t index, std::uint64_t element);

/* What stands in the place of the elements that a failure left out: {"error": "..."} */
std::string error_json(std::string_view why);

} // namespace pcipeek::tools
