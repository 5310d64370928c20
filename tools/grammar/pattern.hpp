// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include "grammar/scanner.hpp"

#include <pcipeek/address.hpp>

#include <cstdint>
#include <optional>
#include <string_view>

namespace pcipeek::tools {

/*
 * An id as people write them: exactly four hexadecimal digits, no 0x. A complaint
 * ends with @hint.
 */
std::uint16_t take_id(Scanner &in, std::string_view hint = "");

/* VENDOR:[DEVICE], as `ls -d` takes it. */
struct IdPattern {
	std::uint16_t vendor = 0;
	std::optional<std::uint16_t> device;
};

/* Throws UsageError. */
IdPattern parse_id_pattern(std::string_view text);

/*
 * [DOMAIN:]BUS:[DEVICE[.FUNCTION]], as `ls -s` takes it: what is left out matches
 * everything. Hexadecimal, as in addresses; the domain is 0 unless it is said.
 */
struct SlotPattern {
	std::uint32_t domain = 0;
	std::uint8_t bus = 0;
	std::optional<std::uint8_t> device;
	std::optional<std::uint8_t> function;

	bool matches(const Address &address) const;
};

/* Throws UsageError. */
SlotPattern parse_slot_pattern(std::string_view text);

} // namespace pcipeek::tools
