// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "output/reload_text.hpp"

#include "format.hpp"

#include <algorithm>

namespace pcipeek::tools {

namespace {

constexpr unsigned bar_count = 6;

/* "64 bytes of memory at 0x90502000" */
std::string place(const Bar &bar)
{
	return formatted("{} bytes of {} at {:#x}", bar.size(),
			 bar.type() == BarType::io ? "I/O" : "memory", bar.addr());
}

bool is_same(const Bar &a, const Bar &b)
{
	return a.addr() == b.addr() && a.size() == b.size() && a.type() == b.type();
}

/* "; bar0 was 64 bytes …": empty if the BAR is as it was. */
std::string change(const Device &before, const Device &after, unsigned index)
{
	const auto old_bars = before.bars();
	const auto new_bars = after.bars();
	const auto was = std::ranges::find(old_bars, index, &Bar::index);
	const auto is = std::ranges::find(new_bars, index, &Bar::index);

	if (is == new_bars.end())
		return was == old_bars.end() ? "" : formatted("; bar{} is gone", index);
	if (was == old_bars.end())
		return formatted("; bar{} is new, {}", index, place(*is));
	if (is_same(*was, *is))
		return "";
	return formatted("; bar{} was {}, is {}", index, place(*was), place(*is));
}

} // namespace

std::string format_reload(const Device &before, const Reloaded &after)
{
	const auto driver = after.device.driver();
	std::string changes;

	for (unsigned index = 0; index < bar_count; ++index)
		changes += change(before, after.device, index);
	return formatted("{} is back{}; {}\n", to_string(before.address()),
			 changes.empty() ? " with the same BARs" : changes,
			 driver ? "bound to " + *driver : "no driver has it");
}

} // namespace pcipeek::tools
