// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include "errors/attempt.hpp"

#include <optional>
#include <string_view>

namespace pcipeek::detail {

/**
 * Why sysfs cannot tell which devices there are; nullopt if it can. An empty directory
 * /sys/bus/pci/devices is an answer: this machine has no PCI device.
 */
std::optional<Diagnosis> why_no_pci();

/** The same for one device, which sysfs does not show: nullopt if it is just not there. */
std::optional<Diagnosis> why_not_shown(const Address &address);

/** Ends the attempt, since sysfs no longer shows a device: it is gone, or sysfs itself is. */
[[noreturn]] void fail_missing(const Attempt &attempt, const Address &address);

/**
 * What an errno of a device's file in sysfs means. The use, "read the ROM", is what
 * root alone may do.
 */
Diagnosis diagnose_sysfs(int code, std::string_view use);

} // namespace pcipeek::detail
