// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
//
// peak-memory FILE PROGRAM [ARGUMENT...]: runs the program, ends as it ends, and writes the
// most memory that it had resident to FILE, in KiB (ru_maxrss, getrusage(2)). Static and
// small: the kernel counts what this program has before it becomes the other one.
#include <cstdio>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	if (argc < 3)
		return 2;
	const pid_t child = ::fork();
	if (child == 0) {
		::execvp(argv[2], &argv[2]);
		::_exit(127);
	}
	int status = 0;
	rusage usage{};
	std::FILE *file = std::fopen(argv[1], "w");
	if (child < 0 || ::wait4(child, &status, 0, &usage) != child || !file)
		return 126;
	std::fprintf(file, "%ld\n", usage.ru_maxrss);
	std::fclose(file);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
