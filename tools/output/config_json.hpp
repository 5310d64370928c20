// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include "output/config_report.hpp"

#include <string>

namespace pcipeek::tools {

/* The JSON of `pcipeek config --json`: one object, with a newline at its end. */
std::string config_json(const ConfigReport &report);

} // namespace pcipeek::tools
