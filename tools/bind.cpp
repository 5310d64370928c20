// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "command_line.hpp"
#include "find_device.hpp"
#include "verb.hpp"

#include <pcipeek/bind.hpp>

namespace pcipeek::tools {

namespace {

void run(int argc, const char *const *argv)
{
	std::string device;
	bool force = false;
	CommandLine line("bind", std::string(bind_verb.purpose));

	line.device(device);
	line.flag("--force", force, "take it away from the driver that has it; its users lose it");
	line.parse(argc, argv);
	bind(find_device(parse_device(device)), {.force = force});
}

} // namespace

constinit const Verb bind_verb{"bind", "give a device to those who may open /dev/pcipeek (root)",
			       run};

} // namespace pcipeek::tools
