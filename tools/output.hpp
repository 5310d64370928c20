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
 * silent loss: a full disk, a closed pipe and a closed descriptor all throw
 * std::system_error.
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
 * To be called before anything is opened: reserves descriptors 0 to 2 if the
 * caller closed them, so that no device is ever opened as standard output; and
 * makes a closed pipe an error that can be reported.
 */
void prepare_output();

/* Undoes what another program should not inherit: before exec(). */
void restore_signals();

} // namespace pcipeek::tools
