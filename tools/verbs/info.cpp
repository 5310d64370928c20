// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "command_line.hpp"
#include "find_device.hpp"
#include "output/device_json.hpp"
#include "output/device_text.hpp"
#include "output/output.hpp"
#include "verb.hpp"

namespace pcipeek::tools {

namespace {

void run(int argc, const char *const *argv)
{
	std::string text;
	bool json = false;
	CommandLine line("info", std::string(info_verb.purpose));

	line.device(text);
	line.flag("--json", json, "print a JSON object");
	line.parse(argc, argv);

	const auto report = make_report(find_device(parse_device(text)));
	print(json ? device_json(report) : format_report(report));
}

} // namespace

constinit const Verb info_verb{"info", "show a device, its BARs and its state", run};

} // namespace pcipeek::tools
