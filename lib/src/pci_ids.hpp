// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include "names.hpp"

#include <string_view>

namespace pcipeek::detail {

/**
 * The names of a device in a text of the format of pci.ids: a line for each vendor
 * ("1147  Interface Corp"), under it a line for each device, with a tab before; classes
 * ("C ff  Unassigned class") and sub-classes likewise. Empty where nothing is known.
 */
Names names_from_pci_ids(std::string_view text, const Identity &identity);

} // namespace pcipeek::detail
