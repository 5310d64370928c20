// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace pcipeek::tools {

/*
 * The first bytes of a file, @limit at most; "-" is standard input. Throws
 * std::system_error that names the file.
 */
std::vector<std::byte> read_input(const std::string &path, std::size_t limit);

/* The whole of a text. Throws UsageError if it is longer than anybody writes. */
std::string read_text(const std::string &path);

} // namespace pcipeek::tools
