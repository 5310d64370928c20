// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "command_line.hpp"
#include "grammar/pattern.hpp"
#include "output/device_json.hpp"
#include "output/device_text.hpp"
#include "output/output.hpp"
#include "verb.hpp"

#include <pcipeek/enumerate.hpp>

#include <algorithm>

namespace pcipeek::tools {

namespace {

struct Arguments {
	std::string ids;
	std::string slot;
	bool verbose = false;
	bool json = false;
};

Arguments parse(int argc, const char *const *argv)
{
	Arguments arguments;
	CommandLine line("ls", std::string(ls_verb.purpose));

	line.option("-d", arguments.ids, "VENDOR:[DEVICE]", "only these ids, in hex");
	line.option("-s", arguments.slot, "[DOMAIN:]BUS:[DEVICE[.FUNCTION]]",
		    "only at these addresses, in hex");
	line.flag("-v,--verbose", arguments.verbose, "list the BARs of each device");
	line.flag("--json", arguments.json, "print a JSON list, with the BARs");
	line.parse(argc, argv);
	return arguments;
}

Filter parse_filter(const std::string &ids)
{
	if (ids.empty())
		return {};

	const IdPattern pattern = parse_id_pattern(ids);
	Filter filter{.vendor = pattern.vendor};
	if (pattern.device)
		filter.device = *pattern.device;
	return filter;
}

void keep_matching(std::vector<Device> &devices, const std::string &text)
{
	if (text.empty())
		return;

	const SlotPattern slot = parse_slot_pattern(text);
	std::erase_if(devices,
		      [&](const Device &device) { return !slot.matches(device.address()); });
}

void run(int argc, const char *const *argv)
{
	const Arguments arguments = parse(argc, argv);
	auto devices = lspci(parse_filter(arguments.ids));

	keep_matching(devices, arguments.slot);
	print(arguments.json ? devices_json(devices) : format_devices(devices, arguments.verbose));
}

} // namespace

constinit const Verb ls_verb{"ls", "list the PCI devices", run};

} // namespace pcipeek::tools
