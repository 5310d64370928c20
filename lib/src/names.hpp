// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include "identity.hpp"

#include <string>

namespace pcipeek::detail {

/** What people call a device; empty where nobody knows. */
struct Names {
	std::string vendor_name;
	std::string device_name;
	std::string class_name;
};

/** Asks udev's hardware database; where there is none, pci.ids. */
Names find_names(const Identity &identity);

class PciIds;

/** The machine's pci.ids, read once, when it is first asked; empty if it has none. */
const PciIds &pci_ids();

} // namespace pcipeek::detail
