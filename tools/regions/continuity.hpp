// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include "regions/place.hpp"

#include <cstdint>

namespace pcipeek::tools {

/*
 * Whether a device was reset between the pieces of a long transfer. One call into the
 * kernel notices that itself; several calls do not notice it of each other.
 */
class Continuity {
public:
	/*
	 * Asks the module for the generation of the device, unless all of the place fits
	 * one piece or the module has nothing to do with it.
	 */
	Continuity(const Place &place, std::uint64_t piece_bytes);

	/*
	 * After each piece; @done bytes have been moved so far. Throws Error, Cause::reset,
	 * if the device was reset since this was made.
	 */
	void check(std::uint64_t done) const;

private:
	Device device_;
	std::uint64_t total_;
	std::uint64_t generation_ = 0; /* 0: nothing to check */
};

} // namespace pcipeek::tools
