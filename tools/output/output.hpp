// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace pcipeek::tools {

/*
 * Standard output. What could not be written is an error like any other, not a
 * silent loss: a full disk and a closed descriptor throw std::system_error. A pipe that
 * nobody reads ends the process by SIGPIPE, as it ends every other program; it is such
 * an error only for a caller that had this signal ignored.
 *
 * print() is for text, and the one way that text takes: what a terminal would obey, in
 * names and the like from elsewhere, is replaced (printable.hpp). print_bytes() is for data,
 * and changes nothing.
 */
void print(std::string_view text);
void print_bytes(std::span<const std::byte> bytes);

/* The same into a file, which is made or replaced; the error names it. */
void write_file(const std::string &path, std::span<const std::byte> bytes);

/* What was printed so far has left the process when this returns. */
void flush_output();

/*
 * The last output of what has failed already: writes it, and all that was printed before,
 * as far as that is possible. An output that fails as well does not hide the failure.
 */
void print_before_failure(std::string_view text) noexcept;

/*
 * To be called before anything is opened: reserves descriptors 0 to 2 if the
 * caller closed them, so that no device is ever opened as standard output.
 */
void prepare_output();

} // namespace pcipeek::tools
