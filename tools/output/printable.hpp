// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include <string>
#include <string_view>

namespace pcipeek::tools {

/*
 * Text from elsewhere (lists of names, sysfs, arguments) may hold anything. What a terminal
 * would obey never reaches it: a '?' stands for each byte of a control character, C1 ones
 * included, and for each byte that is not valid UTF-8. Newlines and tabs stay.
 */
std::string printable(std::string_view text);

/* Whether all of it is ASCII that printable() would leave alone. Cheap. */
bool is_plain(std::string_view text);

} // namespace pcipeek::tools
