// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "assign.hpp"
#include "command_line.hpp"
#include "elements.hpp"
#include "find_device.hpp"
#include "output.hpp"
#include "place.hpp"
#include "usage_error.hpp"
#include "verb.hpp"
#include "writes.hpp"

#include <fmt/format.h>

namespace pcipeek::tools {

namespace {

struct Arguments {
	std::string device;
	std::vector<std::string> assigns;
	bool verify = false;
	bool dry_run = false;
	bool shared = false;
};

Arguments parse(int argc, const char *const *argv)
{
	Arguments arguments;
	CommandLine line("write", std::string(write_verb.purpose));

	line.positional("DEVICE", arguments.device,
			"[domain:]bus:device.function or vvvv:dddd[@BDF|@N]");
	line.positionals("ASSIGN", arguments.assigns, "REGION[+OFFSET][.WIDTH]=VALUE");
	line.flag("--verify", arguments.verify, "read each register back, and fail if it differs");
	line.flag("--dry-run", arguments.dry_run,
		  "check everything, print what would be written, write nothing");
	line.flag("--shared", arguments.shared,
		  "write to a device that was not given, beside its driver");
	line.exclude("--dry-run", "--verify");
	line.parse(argc, argv);
	return arguments;
}

/* What the grammar has and this verb does not do. */
void check_supported(const std::string &text, const Assign &assign)
{
	if (assign.location.count)
		throw UsageError(fmt::format("'{}': one value goes to one register; "
					     "leave out the count",
					     text));
	if (assign.location.field || assign.mask)
		throw UsageError(fmt::format("'{}': writing only some bits is not "
					     "there yet; write the whole register",
					     text));
}

std::vector<Assign> parse_all(const Arguments &arguments)
{
	std::vector<Assign> assigns;

	for (const auto &text : arguments.assigns) {
		assigns.push_back(parse_assign(text));
		check_supported(text, assigns.back());
	}
	return assigns;
}

std::vector<Write> find_all(const Device &device, const std::vector<Assign> &assigns)
{
	std::vector<Write> writes;

	writes.reserve(assigns.size());
	for (const auto &[location, value, mask] : assigns)
		writes.push_back({find_place("write", device, location), value});
	return writes;
}

void print_all(const std::vector<Write> &writes)
{
	for (const auto &[place, value] : writes)
		print(fmt::format("{} {}\n", place.location.label(),
				  format_element(place.location, value)));
}

void run(int argc, const char *const *argv)
{
	const Arguments arguments = parse(argc, argv);
	const DeviceSpec spec = parse_device(arguments.device);
	const auto assigns = parse_all(arguments);
	const Device device = find_device(spec);
	const auto writes = find_all(device, assigns);

	if (arguments.dry_run)
		return print_all(writes);
	if (arguments.shared)
		device.open({.write = true, .shared = true});
	write_all(writes, arguments.verify ? Verify::yes : Verify::no);
}

} // namespace

constinit const Verb write_verb{"write", "write registers, one access for each", run};

} // namespace pcipeek::tools
