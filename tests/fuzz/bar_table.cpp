// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
//
// sysfs' file "resource": any text is a table, and any numbers in the kernel's notation
// come out as they went in.
#include "device/bar_table.hpp"

#include "claim.hpp"
#include "input.hpp"

#include <string>

namespace pcipeek::fuzz {

namespace {

using detail::BarSlot;
using detail::BarTable;
using Kind = BarSlot::Kind;

void check(const BarTable &table)
{
	for (std::size_t i = 0; i < table.size(); ++i) {
		const auto &[kind, region] = table[i];
		const bool after_64 = i > 0 && table[i - 1].region.bits == 64 &&
				      table[i - 1].kind != Kind::absent;

		claim((kind == Kind::upper_half) == after_64, "64 bits take two places");
		if (kind != Kind::present)
			continue;
		claim(region.addr != 0 && region.size != 0, "a BAR is somewhere");
		claim(region.addr + (region.size - 1) >= region.addr, "and does not wrap");
		claim(region.bits == 32 || (region.bits == 64 && region.type == BarType::mem),
		      "only memory has 64 bits");
	}
}

struct Line {
	std::uint64_t start;
	std::uint64_t end;
	std::uint64_t flags;
};

/* As the kernel prints it. */
std::string print(const Line &line)
{
	char text[64];
	const int length = std::snprintf(text, sizeof(text), "0x%016jx 0x%016jx 0x%016jx\n",
					 std::uintmax_t{line.start}, std::uintmax_t{line.end},
					 std::uintmax_t{line.flags});

	return {text, static_cast<std::size_t>(length)};
}

void check_line(const Line &line, const BarSlot &slot)
{
	constexpr std::uint64_t io = 0x100;
	constexpr std::uint64_t memory = 0x200;
	constexpr std::uint64_t disabled_or_unset = 0x30000000;
	const bool exists = line.flags & (io | memory);
	const bool assigned =
		!(line.flags & disabled_or_unset) && line.start > 0 && line.start <= line.end;
	const Kind expected = !exists ? Kind::absent : assigned ? Kind::present : Kind::unassigned;

	if (slot.kind == Kind::upper_half)
		return;
	claim(slot.kind == expected, "a BAR is there if it has an address");
	if (slot.kind != Kind::present)
		return;
	claim(slot.region.addr == line.start, "a BAR begins where the kernel says");
	claim(slot.region.size - 1 == line.end - line.start, "and ends where it says");
	claim((slot.region.type == BarType::io) == ((line.flags & io) != 0), "and is what it says");
}

void check_numbers(Input in)
{
	Line lines[6];
	std::string text;

	for (auto &line : lines) {
		line = in.take<Line>();
		text += print(line);
	}

	const BarTable table = detail::parse_resource(text);
	check(table);
	for (std::size_t i = 0; i < table.size(); ++i)
		check_line(lines[i], table[i]);
}

} // namespace

} // namespace pcipeek::fuzz

int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
	using namespace pcipeek::fuzz;

	check(pcipeek::detail::parse_resource(text_of(data, size)));
	check_numbers(Input(data, size));
	return 0;
}
