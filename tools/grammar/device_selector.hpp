// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include <pcipeek/find.hpp>

#include <string_view>

namespace pcipeek::tools {

/* The DEVICE of the command line, whose grammar is the library's. Throws UsageError. */
DeviceSelector parse_device(std::string_view text);

} // namespace pcipeek::tools
