// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include "location.hpp"

#include <pcipeek/device.hpp>

#include <cstdint>
#include <string_view>

namespace pcipeek::tools {

/* A location on a device: the BAR exists, and the location is inside. */
struct Place {
	Location location;
	Bar bar;

	/* All elements together. */
	std::uint64_t bytes() const;

	/* What is behind the last element, up to the end of the BAR. */
	std::uint64_t bytes_behind() const;
};

/*
 * Checks a location against a device, without an access: the BAR, the width, the
 * range, the alignment, in this order. @verb is what will be done there, "read" or
 * "write". Throws Error, or UsageError for a region that is not a BAR.
 */
Place find_place(std::string_view verb, const Device &device, const Location &location);

} // namespace pcipeek::tools
