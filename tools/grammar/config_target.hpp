// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include "grammar/location.hpp"
#include "grammar/masked_value.hpp"

#include <pcipeek/config_register.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace pcipeek::tools {

/*
 * A register of configuration space, to be read or written:
 *
 *     NAME|OFFSET[+OFFSET]...[.WIDTH][@N][,COUNT|..END][:HI[:LO]][=VALUE[:MASK]]
 *
 * NAME is one of setpci's: COMMAND, CAP_PM, CAP05, ECAP0001. @N is one of several
 * capabilities of that name, counted from 0. The width is that of the named register,
 * or else 32 bits.
 *
 * Every other name is a symbol: a register of a map, in configuration space.
 */
struct ConfigTarget {
	std::string text; /* as written */
	ConfigRegister base;
	std::size_t nth = 0; /* only of a capability */
	Location location; /* its offset counts from the base */
	std::optional<MaskedValue> what; /* a write, if it is there */
	Masked neutral = {.value = 0, .mask = 0}; /* see Assign */
};

/* What can be written as a name, for complaints. */
inline constexpr std::string_view config_names =
	"write a name of setpci(8) or of a register map, CAPxx or ECAPxx with the hexadecimal "
	"number of the capability, or an offset (hexadecimal with 0x)";

/* Pure syntax. Throws UsageError. */
ConfigTarget parse_config_target(std::string_view text);

} // namespace pcipeek::tools
