// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include "grammar/scanner.hpp"

#include <cstdint>

namespace pcipeek::tools {

/*
 * Numbers of the command line: decimal, or hexadecimal with 0x. A leading zero is
 * refused, since half of the readers take 010 for eight. Nothing wraps: what does
 * not fit 64 bits is refused. No sign, no spaces, no suffixes.
 *
 * All step over the number; they throw UsageError that quotes the argument.
 */

/* An offset, a count, a bit: decimal or 0x. */
std::uint64_t take_number(Scanner &in);

/* What is written to a register, or a mask: decimal, 0x or 0b. */
std::uint64_t take_value(Scanner &in);

/*
 * An offset, a value or a mask in configuration space: 0x, or one decimal digit. setpci
 * reads bare numbers as hexadecimal, and its recipes are what people copy: a number
 * that it would read as another one is refused, with both readings.
 */
std::uint64_t take_config_number(Scanner &in);

} // namespace pcipeek::tools
