// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include "location.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

namespace pcipeek::tools {

/*
 * One write: LOCATION=VALUE[:MASK]
 *
 * The value fits the width of the location (or its bit field), and so does the
 * mask; a value with bits outside its mask is refused.
 */
struct Assign {
	Location location;
	std::uint64_t value = 0;
	std::optional<std::uint64_t> mask;
};

/* Throws UsageError. */
Assign parse_assign(std::string_view text);

} // namespace pcipeek::tools
