// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "format.hpp"

namespace pcipeek {

std::string format_values(fmt::string_view format, fmt::format_args values)
{
	return fmt::vformat(format, values);
}

} // namespace pcipeek
