// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include "binding.hpp"

#include <pcipeek/rom.hpp>

namespace pcipeek::detail {

/** Rom::read(), with the switch worked by that writer. */
std::vector<std::byte> read_rom(const Address &address, const SysfsWriter &write);

} // namespace pcipeek::detail
