// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "command_line.hpp"
#include "find_device.hpp"
#include "output/output.hpp"
#include "verb.hpp"

#include <pcipeek/rom.hpp>

namespace pcipeek::tools {

namespace {

struct Arguments {
	std::string device;
	std::string file;
};

Arguments parse(int argc, const char *const *argv)
{
	Arguments arguments;
	CommandLine line("rom", std::string(rom_verb.purpose));

	line.device(arguments.device);
	line.required_option("-o,--output", arguments.file, "FILE",
			     "the output file; - is standard output");
	line.parse(argc, argv);
	return arguments;
}

/* The file is touched only when the ROM has been read. */
void run(int argc, const char *const *argv)
{
	const Arguments arguments = parse(argc, argv);
	const auto image = Rom(find_device(parse_device(arguments.device))).read();

	if (arguments.file == "-")
		print_bytes(image);
	else
		write_file(arguments.file, image);
}

} // namespace

constinit const Verb rom_verb{"rom", "read the expansion ROM into a file (root)", run};

} // namespace pcipeek::tools
