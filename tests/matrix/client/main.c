// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
/*
 * The client of make check-matrix, and the first process of its machine: everything that
 * the module promises, on the devices that are there, over bare ioctls. It is one static
 * program, so that it runs wherever a cross compiler for C can be had. Says on the console
 * what it compared and what the device's trace must hold.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/reboot.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "board.h"
#include "check.h"
#include "devices.h"
#include "lifetime.h"

static int load_module(void)
{
	int file = open("/pcipeek.ko", O_RDONLY | O_CLOEXEC);
	int result = syscall(SYS_finit_module, file, "", 0);

	close(file);
	return result;
}

static int unload_module(void)
{
	return syscall(SYS_delete_module, "pcipeek", O_NONBLOCK);
}

static void mount_all(void)
{
	mkdir("/proc", 0755);
	mkdir("/sys", 0755);
	mkdir("/dev", 0755);
	mount("proc", "/proc", "proc", 0, NULL);
	mount("sysfs", "/sys", "sysfs", 0, NULL);
	mount("devtmpfs", "/dev", "devtmpfs", 0, NULL);
}

static void test_board(struct board *board)
{
	if (!is_known(board))
		return;
	printf("BOARD %s %08x\n", board->name, board->ids);
	EQUAL(attach(board, 0, PCIPEEK_RIGHT_ALL_BARS), -1);
	EQUAL(errno == EPERM || errno == EBUSY, true);
	if (!EQUAL(grant(board), true)) {
		printf("bind: %s\n", strerror(errno));
		return;
	}
	board->file = attach(board, 0, PCIPEEK_RIGHT_ALL_BARS | PCIPEEK_RIGHT_WRITE);
	if (EQUAL(board->file != -1, true)) {
		test_bars(board);
		test_device(board);
		if (!is_counted(board))
			test_lifetime(board);
		close(board->file);
	}
	release_board(board);
}

/* The same ioctls from a 32-bit program on a 64-bit kernel. */
static void run_compat(void)
{
	int status = -1;
	pid_t child;

	if (access("/client32", X_OK)) {
		left_out("compat", "no 32-bit client for this machine");
		return;
	}
	printf("COMPAT\n");
	fflush(stdout);
	child = fork();
	if (!child) {
		execl("/client32", "client32", "boards", NULL);
		_exit(127);
	}
	waitpid(child, &status, 0);
	EQUAL(status, 0);
}

static void test_module(void)
{
	struct pcipeek_version version = {.size = sizeof(version)};
	int file;

	WORKS(load_module());
	file = open("/dev/pcipeek", O_RDWR | O_CLOEXEC);
	EQUAL(file != -1, true);
	WORKS(get_version(file, &version));
	EQUAL(version.abi_major, PCIPEEK_ABI_MAJOR);
	FAILS(unload_module(), EWOULDBLOCK);
	close(file);
	WORKS(unload_module());
	WORKS(load_module());
}

/* A complaint of the kernel is a failure of whoever caused it. */
static void check_kernel_log(void)
{
	static const char *const complaints[] = {"BUG:", "WARNING:", "Oops", "INFO: task",
						 "UBSAN", "KASAN", "Call Trace"};
	static char log[1 << 18];
	size_t i;
	ssize_t length = syscall(SYS_syslog, 3, log, sizeof(log) - 1);

	EQUAL(length > 0, true);
	for (i = 0; i < sizeof(complaints) / sizeof(*complaints); i++)
		if (!EQUAL(strstr(log, complaints[i]) != NULL, false))
			puts(strstr(log, complaints[i]));
}

int main(int count, char **arguments)
{
	setvbuf(stdout, NULL, _IOLBF, 0);
	if (count > 1 && !strcmp(arguments[1], "boards")) {
		each_board(test_board);
		print_verdict();
		return failures() != 0;
	}
	mount_all();
	/* where what the kernel prints would run into a line of ours */
	syscall(SYS_syslog, 6, NULL, 0);
	test_module();
	each_board(test_board);
	run_compat();
	WORKS(unload_module());
	check_kernel_log();
	print_verdict();
	fflush(stdout);
	sync();
	reboot(RB_POWER_OFF);
	return 0;
}
