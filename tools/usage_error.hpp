// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include <stdexcept>

namespace pcipeek::tools {

/* The command line cannot be understood or done: exit status 2. */
class UsageError : public std::runtime_error {
public:
	using std::runtime_error::runtime_error;
};

} // namespace pcipeek::tools
