// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include <string>
#include <string_view>

namespace pcipeek::map {

/** Without blanks, tabs and line breaks at both ends. */
std::string_view trimmed(std::string_view text);

/**
 * A description as one line: blanks in a row, line breaks and a literal "\n" become one
 * blank. Bytes that are not UTF-8 are taken as ISO 8859-1.
 */
std::string prose(std::string_view text);

/** A name with '_' for what names cannot have; "" stays "". */
std::string identifier(std::string_view text);

/** The name of a block: with a '_' behind it if it could not be told from a region, "ROM_". */
std::string block_name(std::string name);

/** What a file says, for an error: one line, and not too long. */
std::string in_quotes(std::string_view text);

} // namespace pcipeek::map
