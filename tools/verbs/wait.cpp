// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "command_line.hpp"
#include "find_device.hpp"
#include "grammar/condition.hpp"
#include "grammar/duration.hpp"
#include "grammar/element.hpp"
#include "naming/names.hpp"
#include "output/output.hpp"
#include "regions/place.hpp"
#include "verb.hpp"

#include <pcipeek/wait.hpp>

namespace pcipeek::tools {

namespace {

struct Arguments {
	std::string device;
	std::string condition;
	std::string timeout = "1s";
	std::string interval = "0us";
	std::string map;
	bool foreign = false;
};

struct Times {
	std::chrono::nanoseconds timeout;
	std::chrono::microseconds interval;
};

Arguments parse(int argc, const char *const *argv)
{
	Arguments arguments;
	CommandLine line("wait", std::string(wait_verb.purpose));

	line.device(arguments.device);
	line.positional("CONDITION", arguments.condition,
			"LOCATION==VALUE[:MASK] or LOCATION!=VALUE[:MASK]");
	line.option("--timeout", arguments.timeout, "TIME",
		    "how long to wait: a number with ns, us, ms or s (default: 1s)");
	line.option("--interval", arguments.interval, "TIME",
		    "time between reads (default: from 1us, growing to 1ms)");
	line.map(arguments.map);
	line.foreign(arguments.foreign);
	line.parse(argc, argv);
	return arguments;
}

void print_value(const Location &location, std::uint64_t value)
{
	print(format_element(location, value) + '\n');
}

void wait_for(const Place &place, const Condition &condition, const Times &times)
{
	const Location &location = place.location;

	try {
		print_value(location,
			    wait_until(place.bar(), location.offset, condition.in_register(),
				       times.timeout, times.interval, location.width));
	} catch (const TimeoutError &error) {
		print_value(location, error.last_value());
		throw timeout_error(place.device.address(), condition, times.timeout,
				    error.last_value());
	}
}

void run(int argc, const char *const *argv)
{
	const Arguments arguments = parse(argc, argv);
	const DeviceSelector spec = parse_device(arguments.device);
	auto condition = parse_condition(arguments.condition);
	const Times times{parse_duration(arguments.timeout),
			  parse_microseconds(arguments.interval)};
	const Device device = find_device(spec);
	Names names(device, arguments.map);

	names.find(condition);
	if (arguments.foreign)
		device.open({.foreign = true});
	names.place(condition.location);
	wait_for(find_place(Use::read, device, condition.location), condition, times);
}

} // namespace

constinit const Verb wait_verb{"wait", "wait until a register meets a condition", run};

} // namespace pcipeek::tools
