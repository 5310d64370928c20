// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "command_line.hpp"
#include "errors.hpp"
#include "find_device.hpp"
#include "format.hpp"
#include "naming/described.hpp"
#include "naming/names.hpp"
#include "output/hexdump.hpp"
#include "output/output.hpp"
#include "output/report.hpp"
#include "regions/elements.hpp"
#include "verb.hpp"

#include <pcipeek/error.hpp>

#include <algorithm>
#include <cerrno>

namespace pcipeek::tools {

namespace {

constexpr std::uint64_t default_bytes = 256;

struct Arguments {
	std::string device;
	std::string location;
	std::string map;
	bool raw = false;
	bool foreign = false;
};

Arguments parse(int argc, const char *const *argv)
{
	Arguments arguments;
	CommandLine line("dump", std::string(dump_verb.purpose));

	line.device(arguments.device);
	line.positional("LOCATION", arguments.location,
			"REGION[+OFFSET][.WIDTH][,COUNT|..END] or [BLOCK.]REGISTER[,COUNT]");
	line.flag("--raw", arguments.raw,
		  "write raw bytes, in device order; without COUNT or END, all of them");
	line.map(arguments.map);
	line.foreign(arguments.foreign);
	line.parse(argc, argv);
	return arguments;
}

void require_whole(const Location &location)
{
	if (location.field)
		throw UsageError(formatted("'{}': a dump shows whole bytes; leave out "
					   "the bit field, or use 'pcipeek read'",
					   location.text));
}

/* All elements from the location on that begin in the first @size bytes of the region. */
Place extend(Place place, std::uint64_t size)
{
	const std::uint64_t rest = size - std::min(size, place.location.offset);

	place.location.count = std::max<std::uint64_t>(1, rest / bytes(place.location.width));
	return place;
}

/* As much as is shown by default. */
Place extend_to_default(const Place &place)
{
	const std::uint64_t room = place.region->size() - place.location.offset;

	return extend(place, place.location.offset + std::min(room, default_bytes));
}

/* A file must not end early without a word: all that there is, or an error. */
Place extend_to_end(const Place &place)
{
	const Region &region = *place.region;

	if (region.hidden() > 0)
		throw Error({.code = EACCES,
			     .cause = Cause::needs_root,
			     .text = formatted("cannot dump all of {} of {}: {}, or give a count: "
					       "{},COUNT",
					       place.location.region(),
					       to_string(place.device.address()),
					       region.why_hidden(), place.location.text),
			     .address = place.device.address()});
	return extend(place, region.contents_size());
}

void print_hexdump(const Place &place)
{
	Hexdump hexdump(place.location.offset);

	read_pieces(place, [&](std::span<const std::byte> piece) { print(hexdump.add(piece)); });
	print(hexdump.end());
}

void print_remainder(const Place &place)
{
	const std::uint64_t hidden = place.region->hidden();
	const std::uint64_t behind = place.bytes_behind() + hidden;

	if (behind > 0)
		print(formatted("{} of {} bytes of {} remain\n", behind,
				place.region->size() + hidden, place.location.region()));
	if (hidden > 0)
		note(formatted("dump: {}", place.region->why_hidden()));
}

void dump_raw(const Place &place)
{
	read_pieces(place.location.count ? place : extend_to_end(place), print_bytes);
}

void dump_text(const Place &place)
{
	const Place shown = place.location.count ? place : extend_to_default(place);

	print_hexdump(shown);
	if (!place.location.count)
		print_remainder(shown);
}

void run(int argc, const char *const *argv)
{
	const Arguments arguments = parse(argc, argv);
	const DeviceSelector spec = parse_device(arguments.device);
	Location location = parse_location(arguments.location);
	require_whole(location);
	const Device device = find_device(spec);
	Names names(device, arguments.map);

	names.find(Use::read, location);
	require_whole(location);
	require_one_word(location);
	if (arguments.foreign)
		device.open({.foreign = true});
	names.place(location);
	const Place place = find_place(Use::read, device, location);
	if (arguments.raw)
		dump_raw(place);
	else
		dump_text(place);
}

} // namespace

constinit const Verb dump_verb{"dump", "show a range of registers as a hexdump", run};

} // namespace pcipeek::tools
