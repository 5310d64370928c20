// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include <string>
#include <string_view>

namespace pcipeek::map {

/**
 * Refuses characters beyond ASCII that are neither in a comment nor in a string on one line,
 * with a MapError. toml++ 3.3 takes some of them for an impossible case, U+021A before a
 * value for example, and what it does then is undefined.
 */
void check_characters(std::string_view text, const std::string &file);

} // namespace pcipeek::map
