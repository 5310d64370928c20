// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include "grammar/assign.hpp"

#include <vector>

namespace pcipeek::tools {

/*
 * What a change of some bits of a register has to write into the others that do
 * something when they are written: zeros into those that a one clears, sets or toggles,
 * and ones into those that a zero does.
 */
Masked neutral_bits(const Assign &assign);

/*
 * Makes one change out of those of some bits of one register, at the place of the first
 * of them. Throws UsageError if two of them are about the same bits. Writes of whole
 * registers, and assignments without names, stay what and where they are.
 */
void merge(std::vector<Assign> &assigns);

/*
 * A change that has neutral bits becomes one of the whole register under a mask; a change
 * of all bits is a write that needs no read before it.
 */
void simplify(Assign &assign);

} // namespace pcipeek::tools
