// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "command_line.hpp"
#include "elements.hpp"
#include "find_device.hpp"
#include "format.hpp"
#include "hexdump.hpp"
#include "output.hpp"
#include "usage_error.hpp"
#include "verb.hpp"

#include <algorithm>

namespace pcipeek::tools {

namespace {

constexpr std::uint64_t default_bytes = 256;

struct Arguments {
	std::string device;
	std::string location;
	bool raw = false;
	bool shared = false;
};

Arguments parse(int argc, const char *const *argv)
{
	Arguments arguments;
	CommandLine line("dump", std::string(dump_verb.purpose));

	line.device(arguments.device);
	line.positional("LOCATION", arguments.location, "REGION[+OFFSET][.WIDTH][,COUNT|..END]");
	line.flag("--raw", arguments.raw, "write the bytes as the device has them");
	line.shared(arguments.shared);
	line.parse(argc, argv);
	return arguments;
}

Location parse_range(const std::string &text)
{
	Location location = parse_location(text);

	if (location.field)
		throw UsageError(formatted("'{}': a dump shows whole bytes; leave out "
					   "the bit field, or use 'pcipeek read'",
					   text));
	return location;
}

/* As much as is shown by default: whole elements, and no more than there is. */
Place extend(Place place)
{
	const std::uint64_t width = bytes(place.location.width);
	const std::uint64_t there = place.bytes() + place.bytes_behind();

	place.location.count = std::min(default_bytes, there) / width;
	return place;
}

void print_hexdump(const Place &place)
{
	Hexdump hexdump(place.location.offset);

	read_pieces(place, [&](std::span<const std::byte> piece) { print(hexdump.add(piece)); });
	print(hexdump.end());
}

void print_remainder(const Place &place)
{
	if (place.bytes_behind() > 0)
		print(formatted("{} of {} bytes of {} remain\n", place.bytes_behind(),
				place.region->size(), place.location.region()));
}

void run(int argc, const char *const *argv)
{
	const Arguments arguments = parse(argc, argv);
	const DeviceSpec spec = parse_device(arguments.device);
	const Location location = parse_range(arguments.location);
	const Device device = find_device(spec);
	const Place found = find_place(Use::read, device, location);
	const Place place = location.count ? found : extend(found);

	if (arguments.shared)
		device.open({.shared = true});
	if (arguments.raw)
		return read_pieces(place, print_bytes);
	print_hexdump(place);
	if (!location.count)
		print_remainder(place);
}

} // namespace

constinit const Verb dump_verb{"dump", "show a range of registers as a hexdump", run};

} // namespace pcipeek::tools
