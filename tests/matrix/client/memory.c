// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers

#include <endian.h>
#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "check.h"
#include "memory.h"

#define BYTES 4096

/* No two bytes that an access could mix up are alike. */
static uint8_t pattern(unsigned int at)
{
	return at * 7 + (at >> 8) + 1;
}

static uint64_t little_endian(const uint8_t *bytes, int width)
{
	uint64_t value = 0;
	int i;

	for (i = width - 1; i >= 0; i--)
		value = value << 8 | bytes[i];
	return value;
}

static void test_width(const struct board *board, int bar, int width)
{
	static uint8_t odd[BYTES + 1], *image = odd + 1;
	uint8_t expected[8];
	uint64_t value, at;
	int i;

	for (i = 0; i < BYTES; i++)
		image[i] = pattern(i + width);
	WORKS(block(board->file, bar, 0, width, PCIPEEK_BLOCK_WRITE, image, BYTES / width));
	memset(image, 0, BYTES);
	WORKS(block(board->file, bar, 0, width, 0, image, BYTES / width));
	for (i = 0; i < BYTES && image[i] == pattern(i + width); i++)
		;
	EQUAL(i, BYTES);
	for (at = 0; at < 64; at += width) {
		for (i = 0; i < width; i++)
			expected[i] = pattern(at + i + width);
		WORKS(peek(board->file, bar, at, width, &value));
		EQUAL(value, little_endian(expected, width));
	}
	value = 0x8877665544332211ull >> (64 - 8 * width);
	WORKS(poke(board->file, bar, 64, width, value));
	for (i = 0; i < width; i++) {
		uint64_t byte;

		WORKS(peek(board->file, bar, 64 + i, 1, &byte));
		EQUAL(byte, value >> 8 * i & 0xff);
	}
}

static void test_batch(const struct board *board, int bar)
{
	struct pcipeek_op ops[] = {
		{.code = PCIPEEK_OP_WRITE, .width = 4, .bar = bar, .offset = 16, .value = 0xf0},
		{.code = PCIPEEK_OP_RMW, .width = 4, .bar = bar, .offset = 16, .value = 0x5,
		 .mask = 0xf},
		{.code = PCIPEEK_OP_READ, .width = 4, .bar = bar, .offset = 16},
		{.code = PCIPEEK_OP_FLUSH},
		{.code = PCIPEEK_OP_DELAY, .timeout_ns = 1000},
		{.code = PCIPEEK_OP_POLL, .width = 4, .bar = bar, .offset = 16, .value = 0xf5,
		 .mask = 0xff, .timeout_ns = 1000000},
	};
	uint64_t value;

	WORKS(batch(board->file, ops, 6));
	EQUAL(ops[1].result, 0xf0);
	EQUAL(ops[2].result, 0xf5);
	EQUAL(ops[5].result & 0xff, 0xf5);
	ops[5].value = 0;
	FAILS(batch(board->file, ops, 6), ETIMEDOUT);
	WORKS(peek(board->file, bar, 16, 1, &value));
	EQUAL(value, 0xf5);
}

void test_mapping(const struct board *board, int bar)
{
	int file = attach(board, 0, PCIPEEK_RIGHT_ALL_BARS | PCIPEEK_RIGHT_WRITE |
					    PCIPEEK_RIGHT_MMAP);
	struct pcipeek_bar_info info;
	volatile uint32_t *registers;
	uint64_t value;

	WORKS(bar_info(file, bar, &info));
	if (!info.mmap_length) {
		left_out("mapping", "mmap() is not possible here");
		close(file);
		return;
	}
	registers = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, file, info.mmap_offset);
	if (EQUAL(registers != MAP_FAILED, true)) {
		WORKS(peek(file, bar, 0, 4, &value));
		EQUAL(le32toh(registers[0]), value);
		munmap((void *)registers, 4096);
	}
	EQUAL(mmap(NULL, 4096, PROT_READ, MAP_SHARED, file, info.mmap_offset +
		     info.mmap_length) == MAP_FAILED, true);
	close(file);
}

void test_memory(const struct board *board, int bar)
{
	struct pcipeek_bar_info info;
	int width;

	WORKS(bar_info(board->file, bar, &info));
	for (width = 1; width <= info.max_width; width *= 2)
		test_width(board, bar, width);
	if (info.max_width < 8)
		left_out("8-byte accesses", "this kernel has no readq()");
	test_batch(board, bar);
	test_mapping(board, bar);
}
