// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include <optional>
#include <string>

namespace pcipeek::detail {

/**
 * What is in a large file, read at once; nullopt if it cannot be read. Not mapped, since
 * whoever shortens a mapped file ends the program.
 */
std::optional<std::string> read_large_file(const char *path);

} // namespace pcipeek::detail
