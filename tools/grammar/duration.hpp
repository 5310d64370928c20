// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include <chrono>
#include <string>
#include <string_view>

namespace pcipeek::tools {

/*
 * A time: a decimal number and its unit, ns, us, ms or s: "100ms". 0 is a time, too,
 * with a unit like the others. Throws UsageError, also for what does not fit.
 */
std::chrono::nanoseconds parse_duration(std::string_view text);

/* The same for what the kernel counts in 32 bits of microseconds. */
std::chrono::microseconds parse_microseconds(std::string_view text);

/*
 * "100ms": in the largest unit that it is a whole number of. In a sentence, @space is
 * between the two.
 */
std::string format_duration(std::chrono::nanoseconds time, std::string_view space = "");

} // namespace pcipeek::tools
