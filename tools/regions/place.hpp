// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include "grammar/location.hpp"
#include "regions/region.hpp"

#include <pcipeek/device.hpp>

#include <cstdint>
#include <memory>

namespace pcipeek::tools {

/* A location on a device: the region exists, and the location is inside. */
struct Place {
	Location location;
	Device device;
	std::shared_ptr<const Region> region;

	/* All elements together. */
	std::uint64_t bytes() const;

	/* What is behind the last element, up to the end of the region. */
	std::uint64_t bytes_behind() const;

	/* Of a location in a BAR: see require_bar(). */
	Bar bar() const;
};

enum class Use {
	read,
	write
};

/*
 * Checks a location against a device, without an access: the region, the width, the
 * range, the alignment, in this order. Throws Error.
 */
Place find_place(Use use, const Device &device, const Location &location);

} // namespace pcipeek::tools
