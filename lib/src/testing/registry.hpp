// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include <pcipeek/enumerate.hpp>

#include <optional>
#include <string>
#include <vector>

/**
 * Where the library asks about fake boards. Nothing of the machine may be touched for
 * the sake of a handle on one, also when the board itself went before the handle.
 */
namespace pcipeek::testing {

/** The fake boards that are plugged in and match; nullopt if there is no fake board. */
std::optional<std::vector<Device>> fake_devices(const Filter &filter);

/** The directory that stands for that of sysfs, if a fake board has the address. */
std::optional<std::string> fake_directory(const Address &address);

} // namespace pcipeek::testing
