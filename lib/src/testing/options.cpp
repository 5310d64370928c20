// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "testing/board.hpp"

#include <stdexcept>

// What can be said of a fake board, checked, and put as sysfs would show it.
namespace pcipeek::testing {
namespace {

using detail::BarSlot;
using detail::BarTable;

[[noreturn]] void refuse(unsigned index, const char *why)
{
	throw std::invalid_argument{"BAR " + std::to_string(index) + " of a fake board: " + why};
}

void check(unsigned index, const FakeBar &bar)
{
	constexpr unsigned last = 5;

	if (index > last)
		refuse(index, "BAR numbers are 0 to 5");
	if (bar.size == 0)
		refuse(index, "it has no bytes");
	if (bar.bits != 32 && bar.bits != 64)
		refuse(index, "a BAR has 32 or 64 bits");
	if (bar.bits == 64 && (bar.type == BarType::io || index == last))
		refuse(index, "it cannot have 64 bits");
}

// Somewhere; the BARs of a board do not overlap if they are not larger than usual.
std::uint64_t address_of(unsigned index, const FakeBar &bar)
{
	if (bar.addr != 0)
		return bar.addr;
	if (bar.type == BarType::io)
		return 0x2000 + 0x100 * std::uint64_t{index};
	return bar.bits == 64 ? std::uint64_t{index + 1} << 40 : 0x90000000 + (index << 24);
}

BarTable to_bars(const std::map<unsigned, FakeBar> &bars)
{
	BarTable table{};
	for (const auto &[index, bar] : bars) {
		check(index, bar);
		if (table[index].kind == BarSlot::Kind::upper_half)
			refuse(index, "it is the upper half of the one before");
		table[index] = {.kind = BarSlot::Kind::present,
				.region = {.addr = address_of(index, bar),
					   .size = bar.size,
					   .type = bar.type,
					   .prefetchable = bar.prefetchable,
					   .bits = static_cast<std::uint8_t>(bar.bits)}};
		if (bar.bits == 64)
			table[index + 1].kind = BarSlot::Kind::upper_half;
	}
	return table;
}

} // namespace

detail::Identity to_identity(const FakeBoardOptions &options)
{
	return {.address = options.address,
		.vendor_id = options.vendor_id,
		.device_id = options.device_id,
		.subsystem_vendor_id = options.subsystem_vendor_id,
		.subsystem_id = options.subsystem_id,
		.class_code = options.class_code,
		.revision_id = options.revision_id,
		.bars = to_bars(options.bars)};
}

} // namespace pcipeek::testing
