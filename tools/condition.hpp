// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include "location.hpp"
#include "masked_value.hpp"

#include <pcipeek/condition.hpp>

#include <string_view>

namespace pcipeek::tools {

/*
 * What one register is to be:
 *
 *     LOCATION==VALUE[:MASK]    the bits in the mask, or of the bit field, are so
 *     LOCATION!=VALUE[:MASK]    they are anything else
 */
struct ConditionSpec {
	Location location;
	MaskedValue what;
	bool not_equal = false;

	/* The same for the whole register, as the library takes it. */
	Condition in_register() const;
};

/* Throws UsageError. */
ConditionSpec parse_condition(std::string_view text);

} // namespace pcipeek::tools
