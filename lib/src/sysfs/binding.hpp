// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include "errors/attempt.hpp"

#include <pcipeek/bind.hpp>

#include <functional>
#include <string>
#include <string_view>

namespace pcipeek::detail {

/** Writes a file of sysfs; returns 0 or the errno. Tests play the kernel here. */
using SysfsWriter = std::function<int(const std::string &path, std::string_view text)>;

/** Ends the attempt if the device is gone. */
void check_present(const Attempt &attempt, const Address &address);

/** bind() and unbind(), with that writer. */
void grant(const Device &device, const BindOptions &options, const SysfsWriter &write);
void revoke(const Device &device, const SysfsWriter &write);

} // namespace pcipeek::detail
