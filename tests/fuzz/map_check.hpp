// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include "claim.hpp"
#include "input.hpp"

#include <pcipeek/map.hpp>

#include <string_view>

namespace pcipeek::fuzz {

/* What is so of every register of a map, whichever format it had. */
inline void check(const map::Register &reg)
{
	const map::RegisterType &type = *reg.type;

	claim(!reg.name.empty(), "a register has a name");
	claim(reg.block != nullptr, "a register is in a block");
	claim(reg.offset + reg.bytes() >= reg.offset, "a register does not wrap");
	claim(type.bits >= 1 && type.bits <= 1024, "a register has a width");
	claim(type.word_bits >= 1 && type.bits % type.word_bits == 0, "it is whole words");
	for (const auto &field : type.fields) {
		claim(!field.name.empty(), "a field has a name");
		claim(field.low <= field.high && field.high < type.bits && field.high < 64,
		      "a field is in its register");
	}
	for (const auto &each : reg.decode(0x5a5a5a5a5a5a5a5a))
		claim((each.value << each.field->low & ~each.field->mask()) == 0,
		      "a value has the bits of its field");
}

/* Any text is a map, or is refused with one line. */
inline void check_map(std::string_view text, MapFormat format)
{
	Map map;

	try {
		map = Map::parse(text, format, "/nowhere/map");
	} catch (const MapError &error) {
		const std::string_view line = error.what();
		claim(line.starts_with("/nowhere/map"), "a refusal names the file");
		claim(line.find('\n') == std::string_view::npos, "a refusal is one line");
		return;
	}
	for (const auto &reg : map.registers())
		check(reg);
}

} // namespace pcipeek::fuzz
