// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include "grammar/location.hpp"
#include "grammar/masked_value.hpp"

#include <string_view>

namespace pcipeek::tools {

/* A write: LOCATION=VALUE[:MASK] */
struct Assign {
	Location location;
	MaskedValue what;

	/* Whether only some bits of the register are meant. */
	bool is_partial() const;
};

/* One register. Throws UsageError, for a count, too. */
Assign parse_assign(std::string_view text);

/* LOCATION,COUNT=VALUE: several whole registers, the same value for each. */
Assign parse_fill(std::string_view text);

} // namespace pcipeek::tools
