// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "command_line.hpp"
#include "errors.hpp"
#include "find_device.hpp"
#include "format.hpp"
#include "naming/described.hpp"
#include "naming/names.hpp"
#include "output/output.hpp"
#include "regions/image_write.hpp"
#include "regions/writes.hpp"
#include "verb.hpp"

#include <algorithm>

namespace pcipeek::tools {

namespace {

struct Arguments {
	std::string device;
	std::vector<std::string> targets;
	std::string file;
	std::string map;
	bool fixed = false;
	bool verify = false;
	bool dry_run = false;
	bool foreign = false;
	bool bus_master = false;
};

Arguments parse(int argc, const char *const *argv)
{
	Arguments arguments;
	CommandLine line("write", std::string(write_verb.purpose));

	line.device(arguments.device);
	line.positionals("ASSIGN", arguments.targets,
			 "REGION[+OFFSET][.WIDTH][:HI[:LO]]=VALUE[:MASK] or "
			 "[BLOCK.]REGISTER[:FIELD]=VALUE; with --file a LOCATION");
	line.option("--file", arguments.file, "FILE",
		    "take the values from this file, little-endian; - is standard input");
	line.flag("--fixed", arguments.fixed,
		  "a FIFO: write all values to the first element and to no other");
	line.flag("--verify", arguments.verify, "read each register back, and fail if it differs");
	line.flag("--dry-run", arguments.dry_run,
		  "check everything, print what would be written, write nothing");
	line.map(arguments.map);
	line.foreign(arguments.foreign);
	line.bus_master(arguments.bus_master);
	line.exclude("--dry-run", "--verify");
	line.exclude("--fixed", "--verify");
	line.need("--fixed", "--file");
	line.parse(argc, argv);
	return arguments;
}

std::vector<Assign> parse_assigns(const std::vector<std::string> &texts)
{
	std::vector<Assign> assigns;

	assigns.reserve(texts.size());
	for (const auto &text : texts)
		assigns.push_back(parse_assign(text));
	return assigns;
}

std::vector<Write> find_all(const Device &device, const std::vector<Assign> &assigns)
{
	std::vector<Write> writes;

	writes.reserve(assigns.size());
	for (const auto &assign : assigns)
		writes.push_back(find_write(device, assign));
	return writes;
}

void check_target(const Location &location)
{
	if (location.field)
		throw UsageError(formatted("'{}': a file has whole elements; leave out the "
					   "bit field",
					   location.text));
	require_bar(location);
	require_one_word(location);
}

Location parse_target(const std::vector<std::string> &texts)
{
	if (texts.size() > 1)
		throw UsageError(formatted("'{}': one file goes to one location", texts[1]));
	if (texts.front().find('=') != std::string::npos)
		throw UsageError(formatted("'{}': the values come from the file; leave out "
					   "'=VALUE'",
					   texts.front()));

	Location location = parse_location(texts.front());
	check_target(location);
	return location;
}

void print_write(const Write &write)
{
	print(format_write(write));
}

/* What is done with each write. */
void (*action_of(const Arguments &arguments))(const Write &)
{
	if (arguments.dry_run)
		return print_write;
	return arguments.verify ? make_verified_write : make_write;
}

/* Otherwise the first write opens it. */
void open_if_told(const Device &device, const Arguments &arguments)
{
	if ((arguments.foreign || arguments.bus_master) && !arguments.dry_run)
		device.open({.write = true,
			     .foreign = arguments.foreign,
			     .bus_master = arguments.bus_master});
}

void run_file(const Arguments &arguments, const DeviceSelector &spec)
{
	const auto direction = arguments.fixed ? Direction::fixed : Direction::upwards;
	Location location = parse_target(arguments.targets);
	const Device device = find_device(spec);
	Names names(device, arguments.map);

	names.find(Use::write, location);
	check_target(location);
	open_if_told(device, arguments);
	names.place(location);
	ImageWrite image = open_image(device, location, arguments.file, direction);
	if (arguments.dry_run || arguments.verify)
		for_each_write(image, action_of(arguments));
	else
		write_image(image);
}

void run_assigns(const Arguments &arguments, const DeviceSelector &spec)
{
	auto assigns = parse_assigns(arguments.targets);
	const Device device = find_device(spec);
	Names names(device, arguments.map);

	names.find(assigns);
	open_if_told(device, arguments);
	names.place(assigns);
	const auto writes = find_all(device, assigns);
	std::ranges::for_each(writes, action_of(arguments));
}

void run(int argc, const char *const *argv)
{
	const Arguments arguments = parse(argc, argv);
	const DeviceSelector spec = parse_device(arguments.device);

	if (arguments.file.empty())
		run_assigns(arguments, spec);
	else
		run_file(arguments, spec);
}

} // namespace

constinit const Verb write_verb{"write", "write registers, one access each", run};

} // namespace pcipeek::tools
