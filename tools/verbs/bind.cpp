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
	BindOptions options;
	CommandLine line("bind", std::string(bind_verb.purpose));

	line.device(device);
	line.flag("--force", options.force, "take the device from its driver, whose users lose it");
	line.flag("--unmaskable-interrupt", options.unmaskable_interrupt,
		  "bind it although its interrupt cannot be masked; its users can make the kernel "
		  "disable the interrupt line for every device on it");
	line.parse(argc, argv);
	bind(find_device(parse_device(device)), options);
}

} // namespace

constinit const Verb bind_verb{"bind", "grant a device to all who may open its node (root)", run};

} // namespace pcipeek::tools
