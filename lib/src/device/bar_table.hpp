// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include <pcipeek/bar.hpp>

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

namespace pcipeek::detail {

/** What is in one of the six places for a BAR. */
struct BarSlot {
	enum class Kind : std::uint8_t {
		absent,
		unassigned, // the device has it, and the kernel gave it no address
		upper_half, // of the 64-bit BAR before
		present,
	};
	Kind kind = Kind::absent;
	Bar::Region region = {};
};

using BarTable = std::array<BarSlot, 6>;

/**
 * Reads the BARs from a device's sysfs file "resource": a line each of start, end and
 * flags, in the numbers of the kernel's <linux/ioport.h>. What follows the first six
 * lines (ROM, bridge windows) is left alone. Malformed lines are absent BARs.
 */
BarTable parse_resource(std::string_view text);

/** Whether the expansion ROM, the line after those, has an address. */
bool has_rom_address(std::string_view text);

/**
 * Adds the BARs that "resource" lacks and the device's header has: those whose register
 * is not 0. They are unassigned, and their size, which the registers do not tell, is 0.
 */
void add_forgotten_bars(BarTable &table, std::span<const std::uint32_t> registers);

} // namespace pcipeek::detail
