// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include "exit_status.hpp"

#include <cerrno>
#include <string>
#include <system_error>

namespace pcipeek::tools {

/* A program could not be run: the errno of the kernel, and the exit status of a shell. */
class NotRun : public std::system_error {
public:
	NotRun(int code, const std::string &program)
		: std::system_error(code, std::generic_category(), "cannot run '" + program + "'")
	{
	}

	ExitStatus status() const noexcept
	{
		return code().value() == ENOENT ? ExitStatus::not_found : ExitStatus::cannot_run;
	}
};

} // namespace pcipeek::tools
