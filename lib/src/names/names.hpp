// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include "device/identity.hpp"

#include <cstddef>
#include <string>

namespace pcipeek::detail {

/** What people call a device; empty where nobody knows. */
struct Names {
	std::string vendor_name;
	std::string device_name;
	std::string class_name;
};

/** Bytes of a name at most; what is longer is cut off. */
inline constexpr std::size_t longest_name = 256;

/**
 * Asks udev's hardware database, and for each name that it does not know the machine's
 * lists of ids (pci.ids). They may hold any bytes: nobody vouches for their form.
 */
Names find_names(const Identity &identity);

} // namespace pcipeek::detail
