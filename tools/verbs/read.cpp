// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "command_line.hpp"
#include "errors.hpp"
#include "find_device.hpp"
#include "format.hpp"
#include "output/element_printer.hpp"
#include "regions/elements.hpp"
#include "regions/fifo.hpp"
#include "verb.hpp"

namespace pcipeek::tools {

namespace {

struct Arguments {
	std::string device;
	std::vector<std::string> locations;
	bool fixed = false;
	bool json = false;
	bool raw = false;
	bool foreign = false;
};

Arguments parse(int argc, const char *const *argv)
{
	Arguments arguments;
	CommandLine line("read", std::string(read_verb.purpose));

	line.device(arguments.device);
	line.positionals("LOCATION", arguments.locations,
			 "REGION[+OFFSET][.WIDTH][,COUNT|..END][:HI[:LO]]");
	line.flag("--fixed", arguments.fixed,
		  "a FIFO: read the first element COUNT times, and no other");
	line.flag("--json", arguments.json, "print a JSON list");
	line.flag("--raw", arguments.raw, "write the bytes as the device has them");
	line.foreign(arguments.foreign);
	line.exclude("--json", "--raw");
	line.parse(argc, argv);
	return arguments;
}

Location parse_wanted(const std::string &text, const Arguments &arguments)
{
	Location location = parse_location(text);

	if (arguments.raw && location.field)
		throw UsageError(formatted("'{}': --raw writes whole bytes; leave out "
					   "the bit field or --raw",
					   text));
	if (arguments.fixed)
		require_bar(location);
	return location;
}

std::vector<Location> parse_all(const Arguments &arguments)
{
	std::vector<Location> locations;

	locations.reserve(arguments.locations.size());
	for (const auto &text : arguments.locations)
		locations.push_back(parse_wanted(text, arguments));
	return locations;
}

/* Where a FIFO is, its COUNT being no extent. */
Place find_fifo(const Device &device, Location location)
{
	const auto count = location.count;

	location.count.reset();
	Place place = find_place(Use::read, device, location);
	place.location.count = count;
	return place;
}

std::vector<Place> find_all(const Device &device, const std::vector<Location> &locations,
			    bool fixed)
{
	std::vector<Place> places;

	places.reserve(locations.size());
	for (const auto &location : locations)
		places.push_back(fixed ? find_fifo(device, location)
				       : find_place(Use::read, device, location));
	return places;
}

Form form_of(const Arguments &arguments, const Location &first)
{
	if (arguments.json)
		return Form::json;
	return arguments.raw ? Form::raw : text_form(arguments.locations.size(), first);
}

void read_one(const Place &place, bool fixed, ElementPrinter &printer)
{
	if (fixed)
		return read_fifo(place, [&](std::uint64_t value) {
			printer.add(place.location, 0, value);
		});
	read_elements(place, [&](std::uint64_t index, std::uint64_t value) {
		printer.add(place.location, index, value);
	});
}

void run(int argc, const char *const *argv)
{
	const Arguments arguments = parse(argc, argv);
	const DeviceSelector spec = parse_device(arguments.device);
	const auto locations = parse_all(arguments);
	const Device device = find_device(spec);
	const auto places = find_all(device, locations, arguments.fixed);

	if (arguments.foreign)
		device.open({.foreign = true});
	print_elements(form_of(arguments, locations.front()), "read", [&](ElementPrinter &printer) {
		for (const auto &place : places)
			read_one(place, arguments.fixed, printer);
	});
}

} // namespace

constinit const Verb read_verb{"read", "read registers, one access each", run};

} // namespace pcipeek::tools
