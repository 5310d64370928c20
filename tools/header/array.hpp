// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include "header/tree.hpp"

namespace pcipeek::tools::header {

/*
 * Makes one array of CH0, CH1, CH2 …: neighbours of the same kind, at equal distances, whose
 * names differ in one number that counts up. Inside blocks first.
 */
void fold_arrays(std::vector<Node> &nodes);

} // namespace pcipeek::tools::header
