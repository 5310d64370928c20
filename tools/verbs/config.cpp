// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "command_line.hpp"
#include "find_device.hpp"
#include "grammar/config_target.hpp"
#include "grammar/saturating.hpp"
#include "naming/capability.hpp"
#include "naming/names.hpp"
#include "naming/once.hpp"
#include "output/config_json.hpp"
#include "output/config_report.hpp"
#include "output/config_text.hpp"
#include "output/element_printer.hpp"
#include "output/output.hpp"
#include "regions/writes.hpp"
#include "verb.hpp"

#include <pcipeek/config.hpp>

#include <algorithm>

namespace pcipeek::tools {

namespace {

struct Arguments {
	std::string device;
	std::vector<std::string> targets;
	std::string map;
	bool json = false;
};

/* A target on a device. */
struct Step {
	Place place;
	std::optional<MaskedValue> what;
	Masked neutral = {.value = 0, .mask = 0};
};

Arguments parse(int argc, const char *const *argv)
{
	Arguments arguments;
	CommandLine line("config", std::string(config_verb.purpose));

	line.device(arguments.device);
	line.optional_positionals(
		"REGISTER", arguments.targets,
		"NAME|OFFSET[+OFFSET][.WIDTH][=VALUE[:MASK]], with setpci's names, or "
		"[BLOCK.]REGISTER[:FIELD][=VALUE]; a masked write is not atomic here. Without "
		"one: show the header");
	line.map(arguments.map);
	line.flag("--json", arguments.json, "print JSON");
	line.parse(argc, argv);
	return arguments;
}

std::vector<ConfigTarget> parse_all(const std::vector<std::string> &texts)
{
	std::vector<ConfigTarget> targets;

	targets.reserve(texts.size());
	for (const auto &text : texts)
		targets.push_back(parse_config_target(text));
	return targets;
}

/* Where a name of setpci is; that of a map was placed before. */
Step find_step(const Device &device, const Config &config, const ConfigTarget &target)
{
	Location location = target.location;

	if (!location.described)
		location.offset =
			saturating_add(config.locate(target.base, target.nth), location.offset);
	return {find_place(target.what ? Use::write : Use::read, device, location), target.what,
		target.neutral};
}

/* A capability alone is all of its registers, if a map has them. */
void add_steps(Names &names, const Device &device, const Config &config, const ConfigTarget &target,
	       std::vector<Step> &steps)
{
	std::vector<Location> registers;

	if (is_capability_alone(target))
		registers = find_capability(names.maps().config_space(), target.base);
	if (registers.empty())
		return steps.push_back(find_step(device, config, target));
	names.place(registers);
	for (const auto &location : registers)
		steps.push_back({find_place(Use::read, device, location), std::nullopt});
}

std::vector<Step> find_all(const Device &device, std::vector<ConfigTarget> targets,
			   const std::string &map)
{
	const Config config(device);
	Names names(device, map);
	std::vector<Step> steps;

	for (auto &target : targets)
		names.find(target);
	for (auto &target : targets) {
		names.place(target.location);
		add_steps(names, device, config, target, steps);
	}
	return steps;
}

bool is_read(const Step &step)
{
	return !step.what;
}

Form form_of(const std::vector<Step> &steps, bool json)
{
	const auto first = std::ranges::find_if(steps, is_read);

	if (json)
		return Form::json;
	if (first == steps.end())
		return Form::labelled;
	return text_form(static_cast<std::uint64_t>(std::ranges::count_if(steps, is_read)),
			 first->place.location);
}

void access(const Step &step, Once &once, ElementPrinter &printer)
{
	if (step.what) {
		once.forget();
		return make_write({step.place, *step.what, step.neutral});
	}
	once.read(step.place, [&](std::uint64_t index, std::uint64_t value) {
		printer.add(step.place.location, index, value);
	});
}

void access_all(const std::vector<Step> &steps, bool json)
{
	print_elements(form_of(steps, json), "access", [&](ElementPrinter &printer) {
		Once once;

		for (const auto &step : steps)
			access(step, once, printer);
	});
}

void run(int argc, const char *const *argv)
{
	const Arguments arguments = parse(argc, argv);
	const DeviceSelector spec = parse_device(arguments.device);
	auto targets = parse_all(arguments.targets);
	const Device device = find_device(spec);

	if (!targets.empty())
		return access_all(find_all(device, std::move(targets), arguments.map),
				  arguments.json);

	const auto report = make_config_report(device);
	print(arguments.json ? config_json(report) : format_config(report));
	if (report.failure)
		std::rethrow_exception(report.failure);
}

} // namespace

constinit const Verb config_verb{
	"config", "show, read and write configuration space (masked writes are not atomic there)",
	run};

} // namespace pcipeek::tools
