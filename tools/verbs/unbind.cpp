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
	CommandLine line("unbind", std::string(unbind_verb.purpose));

	line.device(device);
	line.parse(argc, argv);
	unbind(find_device(parse_device(device)));
}

} // namespace

constinit const Verb unbind_verb{"unbind", "revoke the grant of a device (root)", run};

} // namespace pcipeek::tools
