// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include "location.hpp"

#include <cstdint>
#include <string>

namespace pcipeek::tools {

/*
 * The JSON of `pcipeek read --json`: a list of objects, in the order of reading.
 *
 *     {"location": "bar0+0x08:7:4", "bar": 0, "offset": 8, "width": 4,
 *      "value": 3, "hex": "0x3"}
 *
 * offset and width are in bytes; bar is null in other regions. The value is there twice, since many readers of
 * JSON lose the bits of a number above 2^53.
 */
class ElementList {
public:
	void add(const Location &location, std::uint64_t index, std::uint64_t element);

	/* The whole list, with a newline at its end. */
	std::string text() const;

private:
	std::string items_;
};

} // namespace pcipeek::tools
