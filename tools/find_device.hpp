// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include "grammar/device_selector.hpp"

#include <pcipeek/device.hpp>

namespace pcipeek::tools {

/*
 * The one device that @spec means. Throws Error (Cause::gone) if there is none, and
 * UsageError if there are several.
 */
Device find_device(const DeviceSelector &spec);

} // namespace pcipeek::tools
