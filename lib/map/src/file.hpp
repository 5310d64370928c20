// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include <filesystem>
#include <string>

namespace pcipeek::map {

/**
 * A file as it is; at most 64 MiB, and nothing that is not a file: a FIFO would never end.
 * Throws MapError.
 */
std::string read_text(const std::filesystem::path &file);

} // namespace pcipeek::map
