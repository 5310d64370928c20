// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include "attempt.hpp"

#include <string_view>

namespace pcipeek::detail {

/**
 * What an errno of a device's file in sysfs means. The use, "read the ROM", is what
 * root alone may do.
 */
Diagnosis diagnose_sysfs(int code, std::string_view use);

} // namespace pcipeek::detail
