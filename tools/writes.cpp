// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "writes.hpp"

#include "difference.hpp"
#include "elements.hpp"

#include <pcipeek/access.hpp>

#include <fmt/format.h>

namespace pcipeek::tools {

namespace {

void check_arrival(const Write &write)
{
	const Location &location = write.place.location;
	const Bar &bar = write.place.bar;
	const auto value = read_value(bar, location.offset, location.width);

	if (value == write.value)
		return;
	throw Difference(fmt::format(
		"bar{}+{:#x} of {} reads {} after {} was written; it may have "
		"bits that are read-only, or change by themselves",
		bar.index(), location.offset, to_string(bar.device().address()),
		format_element(location, value), format_element(location, write.value)));
}

} // namespace

void write_all(std::span<const Write> writes, Verify verify)
{
	for (const auto &write : writes) {
		const Location &location = write.place.location;

		write_value(write.place.bar, location.offset, location.width, write.value);
		if (verify == Verify::yes)
			check_arrival(write);
	}
}

} // namespace pcipeek::tools
