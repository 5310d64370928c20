// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include "output/device_report.hpp"

#include <cstdint>
#include <span>
#include <string>

namespace pcipeek::tools {

/* "1 MiB", "64 bytes": binary units where they fit evenly. */
std::string format_size(std::uint64_t bytes);

/* "bar0  mem  0xfea00000  1 MiB  32-bit, prefetchable", with a newline. */
std::string format_bar(const Bar &bar);
/* "bar2  mem  no address  64 GiB, 64-bit, prefetchable", with a newline. */
std::string format_bar(const UnassignedBar &bar);

/* The table of `pcipeek ls`; with @verbose, the BARs of each device under it. */
std::string format_devices(std::span<const Device> devices, bool verbose);

/* The page of `pcipeek info`. */
std::string format_report(const DeviceReport &report);

} // namespace pcipeek::tools
