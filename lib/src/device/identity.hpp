// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include "device/bar_table.hpp"

#include <pcipeek/address.hpp>

#include <cstdint>

namespace pcipeek::detail {

/** What a device is, as sysfs showed it. Never changes afterwards. */
struct Identity {
	Address address = {};
	std::uint16_t vendor_id = 0;
	std::uint16_t device_id = 0;
	std::uint16_t subsystem_vendor_id = 0;
	std::uint16_t subsystem_id = 0;
	std::uint32_t class_code = 0;
	std::uint8_t revision_id = 0;
	BarTable bars = {};
};

} // namespace pcipeek::detail
