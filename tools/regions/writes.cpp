// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "regions/writes.hpp"

#include "errors.hpp"
#include "format.hpp"
#include "grammar/element.hpp"

namespace pcipeek::tools {

namespace {

std::string format_what(const Write &write)
{
	const Location &location = write.place.location;
	auto text = format_bits(location, write.what.value | write.neutral.value);

	if (write.what.mask)
		text += ':' + format_bits(location, *write.what.mask | write.neutral.mask);
	return text;
}

void check_arrival(const Write &write)
{
	const Location &location = write.place.location;
	const Masked wanted = write.what.in_register(location);
	const auto value = write.place.region->read_value(location.offset, location.width);

	if ((value & wanted.mask) == wanted.value)
		return;
	throw Difference(formatted("{} of {} is {} after {} was written; some of its bits may "
				   "be read-only or change by themselves",
				   location.label(), to_string(write.place.device.address()),
				   format_element(location, value), format_what(write)));
}

} // namespace

bool Write::is_partial() const
{
	return place.location.field || what.mask;
}

Masked Write::in_register() const
{
	const Masked own = what.in_register(place.location);

	return {.value = own.value | neutral.value, .mask = own.mask | neutral.mask};
}

Write find_write(const Device &device, const Assign &assign)
{
	return {find_place(Use::write, device, assign.location), assign.what, assign.neutral};
}

void make_write(const Write &write)
{
	const Location &location = write.place.location;
	const Region &region = *write.place.region;

	if (write.is_partial())
		region.update(location.offset, location.width, write.in_register());
	else
		region.write_value(location.offset, location.width, write.what.value);
}

void make_verified_write(const Write &write)
{
	make_write(write);
	check_arrival(write);
}

std::string format_write(const Write &write)
{
	return formatted("{} {}\n", write.place.location.label(), format_what(write));
}

} // namespace pcipeek::tools
