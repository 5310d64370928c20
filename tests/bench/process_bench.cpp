// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
//
// process_bench TIMES NAME PROGRAM [ARGUMENT...]: what the program costs from its start to
// its end, when it has run before. It must succeed; what it prints is thrown away.
#include "stopwatch.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <string>

namespace {

using namespace bench;

void run(char **arguments, const posix_spawn_file_actions_t &actions)
{
	pid_t child = 0;
	int status = -1;
	require(::posix_spawnp(&child, arguments[0], &actions, nullptr, arguments, environ) == 0,
		arguments[0]);
	require(::waitpid(child, &status, 0) == child && status == 0,
		std::string(arguments[0]) + " succeeds");
}

} // namespace

int main(int argc, char **argv)
{
	require(argc >= 4, "usage: process_bench TIMES NAME PROGRAM [ARGUMENT...]");
	posix_spawn_file_actions_t actions;
	::posix_spawn_file_actions_init(&actions);
	::posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
	run(argv + 3, actions);
	const auto times = static_cast<unsigned>(std::stoul(argv[1]));
	report(argv[2], median_time([&] { run(argv + 3, actions); }, times));
}
