// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include "output/config_report.hpp"

#include <cstdint>
#include <string>

namespace pcipeek::tools {

/* The bits that are set, by the names of the specification: "I/O, memory". */
std::string format_command(std::uint16_t command);
std::string format_status(std::uint16_t status);

/* The page of `pcipeek config`. */
std::string format_config(const ConfigReport &report);

} // namespace pcipeek::tools
