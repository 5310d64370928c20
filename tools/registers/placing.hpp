// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include "registers/row.hpp"

#include <vector>

namespace pcipeek::tools {

/*
 * Says in each row why its register is not read, and checks that those whose place the map
 * itself says are inside the BARs. Accesses no BAR.
 *
 * Throws Error, Cause::no_such_bar or Cause::out_of_range.
 */
void check_fixed(const Device &device, std::vector<Row> &rows);

/*
 * Finds the places that only the device knows, each once, and checks them in the same way:
 * capabilities and virtio structures in configuration space, then bases in registers, which
 * are read unless nothing would be read there. A block that the device does not have says
 * so in its rows. Throws Error.
 */
void place_others(const Device &device, std::vector<Row> &rows);

/* One read of a register that was placed: of each of its words, with their width. */
std::uint64_t read_row(const Device &device, const Row &row);

} // namespace pcipeek::tools
