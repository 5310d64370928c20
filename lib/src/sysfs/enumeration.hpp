// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include "access/channel.hpp"
#include "device/identity.hpp"

#include <pcipeek/enumerate.hpp>

#include <vector>

namespace pcipeek::detail {

/** lspci(), with devices that open their channels by that factory. */
std::vector<Device> enumerate(const Filter &filter, const ChannelFactory &factory);

/** Whether a device has all that the filter asks for. */
bool matches(const Filter &filter, const Identity &identity);

} // namespace pcipeek::detail
