/* SPDX-License-Identifier: GPL-2.0-or-later */
/* SPDX-FileCopyrightText: The pcipeek developers */
/*
 * device-trace: the oracle for the shell cases.
 *
 *	device-trace mark FILE          note in FILE where the trace ends
 *	device-trace since FILE DEVICE  print what the device's BARs saw since then
 */
#include "trace.hpp"

#include <fstream>
#include <iostream>

namespace {

void write_mark(const std::string &path)
{
	std::ofstream(path) << vm::mark_trace();
}

void print_since(const std::string &path, const std::string &device)
{
	vm::Mark mark;
	std::ifstream(path) >> mark;
	for (const auto &access : vm::accesses_since(mark, device))
		std::cout << access << '\n';
}

} // namespace

int main(int argc, char **argv)
{
	const std::vector<std::string> words(argv + 1, argv + argc);
	if (words.size() == 2 && words[0] == "mark") {
		write_mark(words[1]);
		return 0;
	}
	if (words.size() == 3 && words[0] == "since") {
		print_since(words[1], words[2]);
		return 0;
	}
	std::cerr << "usage: device-trace mark FILE | since FILE DEVICE\n";
	return 2;
}
