// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include "naming/described.hpp"
#include "regions/region.hpp"

#include <memory>

namespace pcipeek::tools {

/*
 * Of a field that lies in one word of a register that has several: makes the location
 * that word. Its offset counts from where the offset of the register does.
 */
void narrow(Location &location);

/*
 * The region of a register that has several words: it reads and writes all of them as
 * the map says, in the place of an access of @inner.
 */
std::shared_ptr<const Region> make_words_region(const Device &device, const Location &location,
						std::shared_ptr<const Region> inner);

} // namespace pcipeek::tools
