// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include "grammar/location.hpp"
#include "grammar/masked_value.hpp"

#include <string>
#include <string_view>

namespace pcipeek::tools {

/* A write: LOCATION=VALUE[:MASK] */
struct Assign {
	std::string text; /* as written */
	Location location;
	MaskedValue what;

	/*
	 * Bits of other fields that are written together with these, because writing back
	 * what was read would do something: as a value that does nothing. With some, the
	 * location has no bit field, and @what has a mask.
	 */
	Masked neutral = {.value = 0, .mask = 0};

	/* Whether only some bits of the register are meant. */
	bool is_partial() const;

	/* Everything that is written, in its place in the register. */
	Masked in_register() const;
};

/* One register. Throws UsageError, for a count, too. */
Assign parse_assign(std::string_view text);

/* LOCATION,COUNT=VALUE: several whole registers, the same value for each. */
Assign parse_fill(std::string_view text);

/* Throws UsageError for an argument of a fill that is about some bits. */
void require_whole(const Assign &assign);

} // namespace pcipeek::tools
