// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include <stdexcept>

namespace pcipeek::tools {

/* What was read is not what it was compared with: exit status 9. */
class Difference : public std::runtime_error {
public:
	using std::runtime_error::runtime_error;
};

} // namespace pcipeek::tools
