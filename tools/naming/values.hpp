// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include "grammar/masked_value.hpp"

namespace pcipeek::tools {

/*
 * Reads the value of a location that was found: a number that fits it, or the name of a
 * value of its field. Throws UsageError.
 */
MaskedValue read_value(const MaskedValue &unread, const Location &location);

} // namespace pcipeek::tools
