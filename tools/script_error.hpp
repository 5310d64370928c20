// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include "exit_status.hpp"

#include <exception>
#include <stdexcept>
#include <string>

namespace pcipeek::tools {

/* A step of a script failed: what failed there, and before it the place in the script. */
class ScriptError : public std::runtime_error {
public:
	ScriptError(const std::string &place, const std::exception &error);

	/* That of what failed. */
	ExitStatus status() const noexcept
	{
		return status_;
	}

private:
	ExitStatus status_;
};

} // namespace pcipeek::tools
