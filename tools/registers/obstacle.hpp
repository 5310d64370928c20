// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include "registers/row.hpp"

#include <string>

namespace pcipeek::tools {

/*
 * Why a listing does not read a register, whatever device it is in: "write only",
 * "read clears it", "24 bits: no bus width". Empty if it may be read.
 */
std::string obstacle_of(const map::Register &reg);

/* The same on a device; one that was named is told how it can be read nevertheless. */
std::string obstacle_on(const Device &device, const Row &row);

/* Why there is no access to a placed one: the region has none of that kind. */
std::string obstacle_at(const Device &device, const Row &row);

} // namespace pcipeek::tools
