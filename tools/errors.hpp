// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include "exit_status.hpp"

#include <cerrno>
#include <exception>
#include <stdexcept>
#include <string>
#include <system_error>

namespace pcipeek::tools {

/* The command line cannot be understood or done: exit status 2. */
class UsageError : public std::runtime_error {
public:
	using std::runtime_error::runtime_error;
};

/* What was read is not what it was compared with: exit status 9. */
class Difference : public std::runtime_error {
public:
	using std::runtime_error::runtime_error;
};

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
