// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include "exit_status.hpp"

#include <exception>
#include <string>
#include <string_view>

namespace pcipeek::tools {

/* What went wrong: where, why, and what to do; @verb is what was tried. */
std::string sentence(std::string_view verb, const std::exception &error);

/* The one line about a failed @verb, with its newline: "pcipeek: read ...: ...". */
std::string error_line(std::string_view verb, const std::exception &error);

/* Prints "pcipeek: TEXT" to standard error: what a verb that succeeded left out. */
void note(std::string_view text);

/* Prints that line to standard error. Returns the exit status. */
ExitStatus report(std::string_view verb, const std::exception &error);

} // namespace pcipeek::tools
