// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "errors.hpp"

#include "output/report.hpp"

namespace pcipeek::tools {

ScriptError::ScriptError(const std::string &place, const std::exception &error)
	: std::runtime_error(place + ": " + sentence("access", error)), status_(exit_status(error))
{
}

} // namespace pcipeek::tools
