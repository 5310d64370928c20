// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include "device/identity.hpp"

#include <string>

namespace pcipeek::detail {

/**
 * What the kernel calls a device when it looks for a driver: all of its ids but the
 * revision, "pci:v00001147d00000C8Esv00001147sd00002090bcFFsc00i00"
 * (Documentation/ABI/testing/sysfs-bus-pci, modalias; struct pci_device_id).
 */
std::string modalias(const Identity &identity);

/** Takes the ids from a modalias. False, and nothing changed, if it is none of PCI's. */
bool take_modalias(const std::string &text, Identity &identity);

} // namespace pcipeek::detail
