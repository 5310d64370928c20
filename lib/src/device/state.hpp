// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include "access/channel.hpp"

#include <linux/pcipeek.h>
#include <pcipeek/address.hpp>
#include <pcipeek/state.hpp>

namespace pcipeek::detail {

/** DEVICE_INFO of an attached channel. Returns 0 or the errno. */
int query_info(Channel &channel, pcipeek_device_info &info) noexcept;

/** The same, decoded; what cannot be asked is a state in which nothing holds. */
DeviceState query_state(Channel &channel) noexcept;

Address address_of(const pcipeek_device_info &info) noexcept;

DeviceState to_state(const pcipeek_device_info &info) noexcept;

} // namespace pcipeek::detail
