// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "check.h"
#include "lifetime.h"

#define ROUNDS 3
#define READERS 3

/* A BAR that can be read without harm: the first with an address, on these devices. */
static int first_bar(const struct board *board)
{
	struct pcipeek_bar_info info;
	int bar;

	for (bar = 0; bar < PCIPEEK_BAR_COUNT; bar++)
		if (!bar_info(board->file, bar, &info) && info.max_width)
			return bar;
	return -1;
}

static uint64_t generation(int file)
{
	struct pcipeek_device_info info = {.size = sizeof(info)};

	return ioctl(file, PCIPEEK_IOC_DEVICE_INFO, &info) ? 0 : info.generation;
}

static void test_reset(const struct board *board, int bar)
{
	struct pollfd waiting = {.fd = board->file, .events = POLLPRI};
	uint64_t before = generation(board->file), value;

	if (write_attribute(board, "reset", "1")) {
		left_out("reset", "the kernel has no way to reset this function");
		return;
	}
	EQUAL(poll(&waiting, 1, 0), 1);
	EQUAL(generation(board->file) > before, true);
	WORKS(peek(board->file, bar, 0, 4, &value));
}

/* Reads until the board goes, by call and by block. 0: only success, and then ENODEV. */
static int read_to_the_end(const struct board *board, int bar)
{
	uint32_t words[4];
	uint64_t value;

	for (;;) {
		if (peek(board->file, bar, 0, 4, &value))
			return errno != ENODEV && errno != EAGAIN;
		if (block(board->file, bar, 0, 4, PCIPEEK_BLOCK_FIXED, words, 4))
			return errno != ENODEV && errno != EAGAIN;
	}
}

/* The function leaves under the hands of READERS processes. */
static void test_removal(struct board *board, int bar, const char *attribute)
{
	pid_t readers[READERS];
	int i, status;

	for (i = 0; i < READERS; i++) {
		readers[i] = fork();
		if (!readers[i])
			_exit(read_to_the_end(board, bar));
	}
	usleep(20000);
	WORKS(write_attribute(board, attribute, attribute[0] == 'r' ? "1" : board->name));
	for (i = 0; i < READERS; i++) {
		EQUAL(waitpid(readers[i], &status, 0), readers[i]);
		EQUAL(status, 0);
	}
}

static void attach_again(struct board *board)
{
	close(board->file);
	EQUAL(grant(board), true);
	board->file = attach(board, 0, PCIPEEK_RIGHT_ALL_BARS | PCIPEEK_RIGHT_WRITE);
	EQUAL(board->file != -1, true);
}

static int rescan(void)
{
	FILE *file = fopen("/sys/bus/pci/rescan", "w");
	int result = file && fputs("1", file) >= 0 ? 0 : -1;

	return file && !fclose(file) ? result : -1;
}

void test_lifetime(struct board *board)
{
	int bar = first_bar(board), round;
	uint64_t value;

	if (!EQUAL(bar != -1, true))
		return;
	test_reset(board, bar);
	for (round = 0; round < ROUNDS; round++) {
		test_removal(board, bar, "driver/unbind");
		FAILS(peek(board->file, bar, 0, 4, &value), ENODEV);
		attach_again(board);
		test_removal(board, bar, "remove");
		FAILS(peek(board->file, bar, 0, 4, &value), ENODEV);
		WORKS(rescan());
		attach_again(board);
		WORKS(peek(board->file, bar, 0, 4, &value));
	}
}
