// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include "regions/image.hpp"
#include "regions/place.hpp"
#include "regions/writes.hpp"

#include <functional>
#include <string>

namespace pcipeek::tools {

/* Where the elements of an image go: upwards from the place, or all to its first. */
enum class Direction {
	upwards,
	fixed
};

/* The contents of a file, and where they go. The image has the elements of the place. */
struct ImageWrite {
	Place place;
	Image image;
	Direction direction;
};

/*
 * Opens the file, to take as much of it as the COUNT of the location says, or all; "-"
 * is standard input. Makes no access. Throws UsageError for a file that is too short,
 * or no whole number of elements; Error if there is no room for it.
 */
ImageWrite open_image(const Device &device, const Location &location, const std::string &path,
		      Direction direction);

/*
 * One access for each element, in order. Throws Error, Cause::reset, if the device is
 * reset meanwhile.
 */
void write_image(ImageWrite &write);

/* The same, element by element. */
using UseWrite = std::function<void(const Write &write)>;
void for_each_write(ImageWrite &write, const UseWrite &use);

} // namespace pcipeek::tools
