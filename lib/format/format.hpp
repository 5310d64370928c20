// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
/**
 * fmt::format(), compiled once. {fmt} is used as headers alone, so that programs need
 * no libfmt; called directly, every file would compile all of it anew.
 */
#pragma once

#include <fmt/core.h>

#include <string>

namespace pcipeek {

std::string format_values(fmt::string_view format, fmt::format_args values);

/** What fmt::format() gives; the format is checked while compiling. */
template <class... Values>
std::string formatted(fmt::format_string<Values...> format, Values &&...values)
{
	return format_values(format, fmt::make_format_args(values...));
}

} // namespace pcipeek
