// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include "sysfs/binding.hpp"

#include <pcipeek/reload.hpp>

namespace pcipeek::detail {

/** reload(), with that writer. */
Reloaded remove_and_rescan(const Device &device, const ReloadOptions &options,
			   const SysfsWriter &write);

} // namespace pcipeek::detail
