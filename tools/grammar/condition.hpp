// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include "grammar/location.hpp"
#include "grammar/masked_value.hpp"

#include <pcipeek/address.hpp>
#include <pcipeek/condition.hpp>
#include <pcipeek/error.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace pcipeek::tools {

/*
 * What one register is to be:
 *
 *     LOCATION==VALUE[:MASK]    the bits in the mask, or of the bit field, are so
 *     LOCATION!=VALUE[:MASK]    they are anything else
 */
struct Condition {
	std::string text; /* as written */
	Location location;
	MaskedValue what;
	bool not_equal = false;

	/* The same for the whole register, as the library takes it. */
	pcipeek::Condition in_register() const;

	/*
	 * That a register is not so: "bar0+0x20:7:4 is 0x0, expected 0x5". Of a bit field,
	 * all values are those of the field.
	 */
	std::string unmet_by(std::uint64_t element) const;
};

/*
 * The error of a wait on a device that ended with that element, after so much time; without
 * one, that is not said. In the terms of the condition: the library knows only registers.
 */
Error timeout_error(const Address &device, const Condition &condition,
		    std::optional<std::chrono::nanoseconds> time, std::uint64_t element);

/* Throws UsageError. */
Condition parse_condition(std::string_view text);

} // namespace pcipeek::tools
