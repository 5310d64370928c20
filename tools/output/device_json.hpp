// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include "output/device_report.hpp"

#include <span>
#include <string>

namespace pcipeek::tools {

/* The JSON of `pcipeek ls --json`: a list of devices, with a newline at its end. */
std::string devices_json(std::span<const Device> devices);

/*
 * The JSON of `pcipeek info --json`: one device, and what the module says of it.
 * "granted" is a boolean; "state" is an object, or null where "state_error" says why
 * the module could not be asked.
 */
std::string device_json(const DeviceReport &report);

} // namespace pcipeek::tools
