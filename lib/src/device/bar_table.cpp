// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "device/bar_table.hpp"

#include <charconv>
#include <optional>

namespace pcipeek::detail {
namespace {

// The flags of <linux/ioport.h> that sysfs shows. They have not changed since 2.6.
constexpr std::uint64_t flag_io = 0x00000100;
constexpr std::uint64_t flag_mem = 0x00000200;
constexpr std::uint64_t flag_prefetch = 0x00002000;
constexpr std::uint64_t flag_mem_64 = 0x00100000;
constexpr std::uint64_t flag_disabled = 0x10000000;
constexpr std::uint64_t flag_unset = 0x20000000;

struct Resource {
	std::uint64_t start = 0;
	std::uint64_t end = 0;
	std::uint64_t flags = 0;
};

std::string_view take_until(std::string_view &text, char separator)
{
	const std::string_view part = text.substr(0, text.find(separator));
	text.remove_prefix(std::min(text.size(), part.size() + 1));
	return part;
}

std::uint64_t take_number(std::string_view &line)
{
	std::string_view word = take_until(line, ' ');
	std::uint64_t value = 0;
	if (word.starts_with("0x"))
		word.remove_prefix(2);
	std::from_chars(word.data(), word.data() + word.size(), value, 16);
	return value;
}

Resource take_resource(std::string_view &text)
{
	std::string_view line = take_until(text, '\n');
	Resource resource;
	resource.start = take_number(line);
	resource.end = take_number(line);
	resource.flags = take_number(line);
	return resource;
}

BarSlot::Kind kind_of(const Resource &resource)
{
	if (!(resource.flags & (flag_io | flag_mem)))
		return BarSlot::Kind::absent;
	if ((resource.flags & (flag_disabled | flag_unset)) || resource.start == 0 ||
	    resource.end < resource.start)
		return BarSlot::Kind::unassigned;
	return BarSlot::Kind::present;
}

BarSlot to_slot(const Resource &resource)
{
	const bool io = resource.flags & flag_io;
	return {.kind = kind_of(resource),
		.region = {.addr = resource.start,
			   .size = resource.end - resource.start + 1,
			   .type = io ? BarType::io : BarType::mem,
			   .prefetchable = !io && (resource.flags & flag_prefetch),
			   .bits = std::uint8_t(!io && (resource.flags & flag_mem_64) ? 64 : 32)}};
}

// PCI Local Bus Specification 3.0, section 6.2.5.1.
BarSlot slot_of_register(std::uint32_t value)
{
	constexpr std::uint32_t io = 1;
	constexpr std::uint32_t type = 6;
	constexpr std::uint32_t type_64_bits = 4;
	constexpr std::uint32_t prefetchable = 8;
	const bool mem = !(value & io);
	return {.kind = BarSlot::Kind::unassigned,
		.region = {.type = mem ? BarType::mem : BarType::io,
			   .prefetchable = mem && (value & prefetchable),
			   .bits = std::uint8_t(mem && (value & type) == type_64_bits ? 64 : 32)}};
}

} // namespace

BarTable parse_resource(std::string_view text)
{
	BarTable table;
	bool upper_half = false;

	for (BarSlot &slot : table) {
		slot = to_slot(take_resource(text));
		if (upper_half)
			slot = {.kind = BarSlot::Kind::upper_half};
		upper_half = slot.kind != BarSlot::Kind::absent && slot.region.bits == 64;
	}
	return table;
}

bool has_rom_address(std::string_view text)
{
	constexpr std::size_t rom = BarTable{}.size();

	for (std::size_t line = 0; line < rom; ++line)
		take_until(text, '\n');
	return kind_of(take_resource(text)) == BarSlot::Kind::present;
}

void add_forgotten_bars(BarTable &table, std::span<const std::uint32_t> registers)
{
	for (std::size_t i = 0; i < registers.size() && i < table.size(); i++) {
		if (table[i].kind != BarSlot::Kind::absent || registers[i] == 0)
			continue;
		table[i] = slot_of_register(registers[i]);
		if (table[i].region.bits == 64 && i + 1 < table.size())
			table[++i] = {.kind = BarSlot::Kind::upper_half};
	}
}

} // namespace pcipeek::detail
