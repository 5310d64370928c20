// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include <pcipeek/reload.hpp>

#include <string>

namespace pcipeek::tools {

/* One line: which BARs changed, if any, and which driver has the device now. */
std::string format_reload(const Device &before, const Reloaded &after);

} // namespace pcipeek::tools
