// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "command_line.hpp"
#include "element_json.hpp"
#include "elements.hpp"
#include "find_device.hpp"
#include "output.hpp"
#include "usage_error.hpp"
#include "verb.hpp"

#include <fmt/format.h>

namespace pcipeek::tools {

namespace {

struct Arguments {
	std::string device;
	std::vector<std::string> locations;
	bool json = false;
	bool raw = false;
	bool shared = false;
};

Arguments parse(int argc, const char *const *argv)
{
	Arguments arguments;
	CommandLine line("read", std::string(read_verb.purpose));

	line.positional("DEVICE", arguments.device,
			"[domain:]bus:device.function or vvvv:dddd[@BDF|@N]");
	line.positionals("LOCATION", arguments.locations,
			 "REGION[+OFFSET][.WIDTH][,COUNT|..END][:HI[:LO]]");
	line.flag("--json", arguments.json, "print a JSON list");
	line.flag("--raw", arguments.raw, "write the bytes as the device has them");
	line.flag("--shared", arguments.shared,
		  "look at a device that was not given, beside its driver");
	line.exclude("--json", "--raw");
	line.parse(argc, argv);
	return arguments;
}

Location parse_wanted(const std::string &text, bool raw)
{
	Location location = parse_location(text);

	if (raw && location.field)
		throw UsageError(fmt::format("'{}': --raw writes whole bytes; leave out "
					     "the bit field or --raw",
					     text));
	return location;
}

std::vector<Location> parse_all(const Arguments &arguments)
{
	std::vector<Location> locations;

	locations.reserve(arguments.locations.size());
	for (const auto &text : arguments.locations)
		locations.push_back(parse_wanted(text, arguments.raw));
	return locations;
}

std::vector<Place> find_all(const Device &device, const std::vector<Location> &locations)
{
	std::vector<Place> places;

	places.reserve(locations.size());
	for (const auto &location : locations)
		places.push_back(find_place("read", device, location));
	return places;
}

void print_raw(const std::vector<Place> &places)
{
	for (const auto &place : places)
		read_pieces(place, print_bytes);
}

void print_json(const std::vector<Place> &places)
{
	ElementList list;

	for (const auto &place : places)
		read_elements(place, [&](std::uint64_t index, std::uint64_t value) {
			list.add(place.location, index, value);
		});
	print(list.text());
}

void print_text(const std::vector<Place> &places)
{
	const bool bare = places.size() == 1 && !places.front().location.count;

	for (const auto &place : places)
		read_elements(place, [&](std::uint64_t index, std::uint64_t value) {
			if (!bare)
				print(place.location.label(index) + ' ');
			print(format_element(place.location, value) + '\n');
		});
}

void run(int argc, const char *const *argv)
{
	const Arguments arguments = parse(argc, argv);
	const DeviceSpec spec = parse_device(arguments.device);
	const auto locations = parse_all(arguments);
	const Device device = find_device(spec);
	const auto places = find_all(device, locations);

	if (arguments.shared)
		device.open({.shared = true});
	if (arguments.raw)
		print_raw(places);
	else if (arguments.json)
		print_json(places);
	else
		print_text(places);
}

} // namespace

constinit const Verb read_verb{"read", "read registers, one access for each", run};

} // namespace pcipeek::tools
