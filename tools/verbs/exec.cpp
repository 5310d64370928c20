// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "command_line.hpp"
#include "errors.hpp"
#include "find_device.hpp"
#include "format.hpp"
#include "grammar/number.hpp"
#include "output/output.hpp"
#include "verb.hpp"

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <system_error>
#include <unistd.h>

namespace pcipeek::tools {

namespace {

struct Arguments {
	std::string device;
	std::vector<std::string> program;
	std::vector<std::string> bars;
	bool read_only = false;
	bool map = false;
	bool foreign = false;
	bool bus_master = false;
};

Arguments parse(int argc, const char *const *argv)
{
	Arguments arguments;
	CommandLine line("exec", std::string(exec_verb.purpose));

	line.device(arguments.device);
	line.positionals("PROGRAM", arguments.program,
			 "the program and its arguments; put -- before it to keep its options "
			 "its own");
	line.flag("--read-only", arguments.read_only, "the program may read but not write");
	line.options("--bar", arguments.bars, "N",
		     "the program may use this BAR; repeat for several (default: all)");
	line.flag("--map", arguments.map, "it may map BARs, too");
	line.foreign(arguments.foreign);
	line.bus_master(arguments.bus_master);
	line.exclude("--map", "--foreign");
	line.exclude("--bus-master", "--read-only");
	line.parse(argc, argv);
	return arguments;
}

unsigned parse_bar(const std::string &text)
{
	constexpr std::uint64_t last_bar = 5;
	Scanner in(text);
	const std::uint64_t number = take_number(in);

	if (!in.at_end() || number > last_bar)
		in.fail_at(0, "there is no such BAR; use 0 to 5");
	return static_cast<unsigned>(number);
}

std::vector<unsigned> parse_bars(const std::vector<std::string> &texts)
{
	std::vector<unsigned> bars;

	bars.reserve(texts.size());
	for (const auto &text : texts)
		bars.push_back(parse_bar(text));
	return bars;
}

/* A BAR that is not there is a mistake that is better found now. */
void check_bars(const Device &device, const std::vector<unsigned> &bars)
{
	for (const unsigned bar : bars)
		(void)device.bar(bar);
}

[[noreturn]] void throw_error(const char *what)
{
	throw std::system_error(errno, std::generic_category(), what);
}

/* The program finds the descriptor by its number, which is in its environment. */
void bequeath(int fd)
{
	const int flags = ::fcntl(fd, F_GETFD);

	if (flags < 0 || ::fcntl(fd, F_SETFD, flags & ~FD_CLOEXEC) < 0)
		throw_error("cannot hand the open device on");
	// NOLINTNEXTLINE(concurrency-mt-unsafe): this process has one thread
	if (::setenv("PCIPEEK_FD", formatted("{}", fd).c_str(), 1) != 0)
		throw_error("cannot set PCIPEEK_FD");
}

[[noreturn]] void become(std::vector<std::string> &program)
{
	std::vector<char *> arguments;

	arguments.reserve(program.size() + 1);
	for (auto &argument : program)
		arguments.push_back(argument.data());
	arguments.push_back(nullptr);
	flush_output();
	::execvp(arguments.front(), arguments.data());
	throw NotRun(errno, program.front());
}

void run(int argc, const char *const *argv)
{
	Arguments arguments = parse(argc, argv);
	const DeviceSelector spec = parse_device(arguments.device);
	const auto bars = parse_bars(arguments.bars);
	const Device device = find_device(spec);
	const bool write = !arguments.read_only;

	check_bars(device, bars);
	device.open({.write = write,
		     .foreign = arguments.foreign,
		     .map = arguments.map,
		     .bus_master = arguments.bus_master});
	device.drop_rights({.write = write, .map = arguments.map, .bars = bars});
	bequeath(device.fd());
	become(arguments.program);
}

} // namespace

constinit const Verb exec_verb{
	"exec", "run a program that inherits the open device and no other rights", run};

} // namespace pcipeek::tools
