// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include <cstddef>
#include <optional>
#include <string>

namespace pcipeek::detail {

/** The largest file that is read at once; a list of all PCI ids is a sixth of it. */
inline constexpr std::size_t largest_file = std::size_t{8} << 20;

/**
 * What is in a regular file of at most that size; nullopt for any other. Never blocks on a
 * FIFO or a device. Not mapped: whoever truncates a mapped file ends the program.
 *
 * A file that gzip compressed is decompressed by zlib, which is loaded then; nullopt if
 * zlib is missing, the data is damaged, or more comes out than a file may have.
 */
std::optional<std::string> read_large_file(const char *path);

} // namespace pcipeek::detail
