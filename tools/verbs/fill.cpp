// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "command_line.hpp"
#include "find_device.hpp"
#include "format.hpp"
#include "grammar/assign.hpp"
#include "grammar/element.hpp"
#include "naming/names.hpp"
#include "output/output.hpp"
#include "regions/place.hpp"
#include "regions/register_type.hpp"
#include "verb.hpp"

#include <pcipeek/access.hpp>

namespace pcipeek::tools {

namespace {

struct Arguments {
	std::string device;
	std::string assign;
	std::string map;
	bool dry_run = false;
	bool foreign = false;
	bool bus_master = false;
};

Arguments parse(int argc, const char *const *argv)
{
	Arguments arguments;
	CommandLine line("fill", std::string(fill_verb.purpose));

	line.device(arguments.device);
	line.positional("ASSIGN", arguments.assign,
			"BAR[+OFFSET][.WIDTH],COUNT|..END=VALUE or [BLOCK.]REGISTER,COUNT=VALUE");
	line.flag("--dry-run", arguments.dry_run,
		  "check everything, print what would be written, write nothing");
	line.map(arguments.map);
	line.foreign(arguments.foreign);
	line.bus_master(arguments.bus_master);
	line.parse(argc, argv);
	return arguments;
}

void print_all(const Location &location, std::uint64_t value)
{
	for (std::uint64_t i = 0; i < location.elements(); ++i)
		print(formatted("{} {}\n", location.label(i), format_bits(location, value)));
}

void write_all(const Place &place, std::uint64_t value)
{
	const Location &location = place.location;

	with_register_type(location.width, [&]<class T>() {
		fill<T>(place.bar(), location.offset, static_cast<T>(value), location.elements());
	});
}

void run(int argc, const char *const *argv)
{
	const Arguments arguments = parse(argc, argv);
	const DeviceSelector spec = parse_device(arguments.device);
	Assign assign = parse_fill(arguments.assign);
	const Device device = find_device(spec);
	Names names(device, arguments.map);

	names.find(assign);
	require_whole(assign);
	require_bar(assign.location);
	if ((arguments.foreign || arguments.bus_master) && !arguments.dry_run)
		device.open({.write = true,
			     .foreign = arguments.foreign,
			     .bus_master = arguments.bus_master});
	names.place(assign.location);
	const Place place = find_place(Use::write, device, assign.location);
	if (arguments.dry_run)
		return print_all(assign.location, assign.what.value);
	write_all(place, assign.what.value);
}

} // namespace

constinit const Verb fill_verb{"fill", "write one value to several registers", run};

} // namespace pcipeek::tools
