// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include <pcipeek/device.hpp>

#include <string>

namespace pcipeek::tools {

/* The names that a map of the device can have, the files that there are, and the folders. */
std::string format_which(const Device &device);
std::string which_json(const Device &device);

} // namespace pcipeek::tools
