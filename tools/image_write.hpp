// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include "place.hpp"
#include "writes.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace pcipeek::tools {

/* Where the elements of an image go: upwards from the place, or all to its first. */
enum class Direction {
	upwards,
	fixed
};

/* The contents of a file, and where they go. The image has the elements of the place. */
struct ImageWrite {
	Place place;
	std::vector<std::byte> image;
	Direction direction;
};

/*
 * Reads the file, as much of it as the COUNT of the location says, or all; "-" is
 * standard input. Makes no access. Throws UsageError for a file that is too short,
 * or no whole number of elements; Error if there is no room for it.
 */
ImageWrite read_image(const Device &device, const Location &location, const std::string &path,
		      Direction direction);

/* One access for each element, in order. */
void write_image(const ImageWrite &write);

/* The same, element by element. */
std::vector<Write> writes_of(const ImageWrite &write);

} // namespace pcipeek::tools
