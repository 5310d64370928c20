// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "command_line.hpp"
#include "find_device.hpp"
#include "format.hpp"
#include "grammar/duration.hpp"
#include "output/output.hpp"
#include "output/reload_text.hpp"
#include "verb.hpp"

#include <pcipeek/reload.hpp>

namespace pcipeek::tools {

namespace {

struct Arguments {
	std::string device;
	std::string timeout = "10s";
	bool force = false;
};

Arguments parse(int argc, const char *const *argv)
{
	Arguments arguments;
	CommandLine line("reload", std::string(reload_verb.purpose));

	line.device(arguments.device);
	line.flag("--force", arguments.force, "even if a driver has it; its users lose it");
	line.option("--timeout", arguments.timeout, "TIME",
		    "how long to wait for the device to come back (default: 10s)");
	line.parse(argc, argv);
	return arguments;
}

void run(int argc, const char *const *argv)
{
	const Arguments arguments = parse(argc, argv);
	const auto timeout =
		std::chrono::ceil<std::chrono::milliseconds>(parse_duration(arguments.timeout));
	const Device before = find_device(parse_device(arguments.device));
	const Reloaded after =
		pcipeek::reload(before, {.force = arguments.force, .timeout = timeout});

	print(format_reload(before, after));
}

} // namespace

constinit const Verb reload_verb{
	"reload", "remove a device and find it again, with new addresses (root)", run};

} // namespace pcipeek::tools
