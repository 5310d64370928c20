// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "command_line.hpp"
#include "errors.hpp"
#include "find_device.hpp"
#include "format.hpp"
#include "grammar/duration.hpp"
#include "grammar/script.hpp"
#include "naming/names.hpp"
#include "output/output.hpp"
#include "regions/input.hpp"
#include "regions/program.hpp"
#include "verb.hpp"

namespace pcipeek::tools {

namespace {

struct Arguments {
	std::string device;
	std::string file;
	std::string lines;
	std::string timeout;
	std::string map;
	bool hold = false;
	bool json = false;
	bool dry_run = false;
	bool foreign = false;
	bool bus_master = false;
};

Arguments parse(int argc, const char *const *argv)
{
	Arguments arguments;
	CommandLine line("run", std::string(run_verb.purpose));

	line.device(arguments.device);
	line.optional_positional("FILE", arguments.file, "the script; - is standard input");
	line.option("-e", arguments.lines, "'LINE; LINE'", "the script itself");
	line.option("--timeout", arguments.timeout, "TIME",
		    "for the whole script, at most 10s (default: its own waits plus 1s)");
	line.flag("--hold", arguments.hold, "keep other batches out during wait and delay");
	line.flag("--json", arguments.json, "print what was read as a JSON list");
	line.flag("--dry-run", arguments.dry_run,
		  "check everything, print the parsed script, access nothing");
	line.map(arguments.map);
	line.foreign(arguments.foreign);
	line.bus_master(arguments.bus_master);
	line.exclude("-e", "FILE");
	line.exclude("--dry-run", "--json");
	line.parse(argc, argv);
	return arguments;
}

Script read_script(const Arguments &arguments)
{
	if (!arguments.lines.empty())
		return parse_script("-e", arguments.lines);
	if (arguments.file.empty())
		throw UsageError("a script is missing; name a FILE, - for standard input, or give "
				 "it with -e");
	return parse_script(arguments.file, read_text(arguments.file));
}

ProgramOptions parse_options(const Arguments &arguments)
{
	ProgramOptions options{.timeout = std::nullopt, .hold = arguments.hold};

	if (arguments.timeout.empty())
		return options;
	options.timeout = parse_duration(arguments.timeout);
	if (*options.timeout > longest_batch)
		throw UsageError(formatted("'{}': a batch takes at most 10s; split it into "
					   "several runs",
					   arguments.timeout));
	return options;
}

/* Something that writes is opened for writing at once, since nothing widens it later. */
void open_as_told(const Device &device, const Script &script, const Arguments &arguments)
{
	const bool writes = std::ranges::any_of(script.steps, [](const Step &step) {
		return std::holds_alternative<Assign>(step.action);
	});

	device.open({.write = writes || arguments.hold || arguments.bus_master,
		     .foreign = arguments.foreign,
		     .bus_master = arguments.bus_master});
}

void print_script(const Script &script)
{
	for (const auto &step : script.steps)
		print(format_action(step.action) + '\n');
}

void run(int argc, const char *const *argv)
{
	const Arguments arguments = parse(argc, argv);
	const DeviceSelector spec = parse_device(arguments.device);
	const ProgramOptions options = parse_options(arguments);
	Script script = read_script(arguments);
	const Device device = find_device(spec);
	Names names(device, arguments.map);

	names.find(script);
	if ((arguments.foreign || arguments.bus_master) && !arguments.dry_run)
		open_as_told(device, script, arguments);
	names.place(script);
	Program program(device, script, options);
	if (arguments.dry_run)
		return print_script(script);
	print_elements(arguments.json ? Form::json : program.text_form(), "run",
		       [&](ElementPrinter &printer) { program.run(printer); });
}

} // namespace

constinit const Verb run_verb{"run", "run a script as one batch", run};

} // namespace pcipeek::tools
