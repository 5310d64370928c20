// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "command_line.hpp"
#include "errors.hpp"
#include "find_device.hpp"
#include "format.hpp"
#include "naming/described.hpp"
#include "naming/names.hpp"
#include "naming/once.hpp"
#include "output/element_printer.hpp"
#include "regions/fifo.hpp"
#include "verb.hpp"

namespace pcipeek::tools {

namespace {

struct Arguments {
	std::string device;
	std::vector<std::string> locations;
	std::string map;
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
			 "REGION[+OFFSET][.WIDTH][,COUNT|..END][:HI[:LO]] or "
			 "[BLOCK.]REGISTER[,COUNT][:FIELD]");
	line.flag("--fixed", arguments.fixed,
		  "a FIFO: read the first element COUNT times, and no other");
	line.flag("--json", arguments.json, "print a JSON list");
	line.flag("--raw", arguments.raw, "write the bytes as the device has them");
	line.map(arguments.map);
	line.foreign(arguments.foreign);
	line.exclude("--json", "--raw");
	line.parse(argc, argv);
	return arguments;
}

/* What the options do not allow. */
void check(const Location &location, const Arguments &arguments)
{
	if (arguments.raw && location.field)
		throw UsageError(formatted("'{}': --raw writes whole bytes; leave out "
					   "the bit field or --raw",
					   location.text));
	if (!arguments.fixed)
		return;
	require_bar(location);
	require_one_word(location);
}

std::vector<Location> parse_all(const Arguments &arguments)
{
	std::vector<Location> locations;

	locations.reserve(arguments.locations.size());
	for (const auto &text : arguments.locations) {
		locations.push_back(parse_location(text));
		check(locations.back(), arguments);
	}
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

void read_one(const Place &place, bool fixed, Once &once, ElementPrinter &printer)
{
	if (fixed)
		return read_fifo(place, [&](std::uint64_t value) {
			printer.add(place.location, 0, value);
		});
	once.read(place, [&](std::uint64_t index, std::uint64_t value) {
		printer.add(place.location, index, value);
	});
}

void read_all(const std::vector<Place> &places, const Arguments &arguments)
{
	const Location &first = places.front().location;

	print_elements(form_of(arguments, first), "read", [&](ElementPrinter &printer) {
		Once once;

		for (const auto &place : places)
			read_one(place, arguments.fixed, once, printer);
	});
}

void run(int argc, const char *const *argv)
{
	const Arguments arguments = parse(argc, argv);
	const DeviceSelector spec = parse_device(arguments.device);
	auto locations = parse_all(arguments);
	const Device device = find_device(spec);
	Names names(device, arguments.map);

	names.find(Use::read, locations);
	for (const auto &location : locations)
		check(location, arguments);
	if (arguments.foreign)
		device.open({.foreign = true});
	names.place(locations);
	read_all(find_all(device, locations, arguments.fixed), arguments);
}

} // namespace

constinit const Verb read_verb{"read", "read registers, one access each", run};

} // namespace pcipeek::tools
