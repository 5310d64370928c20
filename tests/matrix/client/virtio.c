// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
/* Sections are those of Virtual I/O Device (VIRTIO) Version 1.2. */

#include <errno.h>
#include <string.h>

#include "check.h"
#include "memory.h"
#include "virtio.h"

/* 4.1.2: device ids 0x1040 and on, without legacy interface */
bool is_virtio(const struct board *board)
{
	return board->ids >= 0x1af41040 && board->ids <= 0x1af4107f;
}

/* 4.1.4: the capability of this type; BAR and offset of the structure that it names. */
static bool find_structure(const struct board *board, unsigned int type, int *bar, uint64_t *offset)
{
	unsigned int at = config_read(board, 0x34, 1), left = 48;

	for (; at && left; left--, at = config_read(board, at + 1, 1)) {
		if (config_read(board, at, 1) != 9 || config_read(board, at + 3, 1) != type)
			continue;
		*bar = config_read(board, at + 4, 1);
		*offset = config_read(board, at + 8, 4);
		return true;
	}
	return false;
}

/* The bytes of @width at @at, as READ of that width, BLOCK and BATCH have them. */
static void compare_ways(const struct board *board, int bar, uint64_t at, int width,
			 uint64_t expected)
{
	struct pcipeek_op op = {.code = PCIPEEK_OP_READ, .width = width, .bar = bar, .offset = at};
	uint8_t image[8] = {0};
	uint64_t value;
	int i;

	WORKS(peek(board->file, bar, at, width, &value));
	EQUAL(value, expected);
	WORKS(block(board->file, bar, at, width, 0, image, 1));
	for (i = 0; i < width; i++)
		EQUAL(image[i], expected >> 8 * i & 0xff);
	WORKS(batch(board->file, &op, 1));
	EQUAL(op.result, expected);
}

/* 4.1.4.3: common configuration; written registers read back, and status is 0 after a reset. */
static void test_common(const struct board *board)
{
	uint64_t offset = 0, low, high;
	int bar = 0;

	if (!EQUAL(find_structure(board, 1, &bar, &offset), true))
		return;
	WORKS(poke(board->file, bar, offset + 20, 1, 0));
	compare_ways(board, bar, offset + 20, 1, 0);
	WORKS(poke(board->file, bar, offset + 20, 1, 3)); /* ACKNOWLEDGE, DRIVER */
	compare_ways(board, bar, offset + 20, 1, 3);
	WORKS(poke(board->file, bar, offset, 4, 1));
	compare_ways(board, bar, offset, 4, 1);
	/* the upper half of the features: VIRTIO_F_VERSION_1 is bit 32 */
	WORKS(peek(board->file, bar, offset + 4, 4, &high));
	EQUAL(high & 1, 1);
	WORKS(poke(board->file, bar, offset, 4, 0));
	WORKS(peek(board->file, bar, offset + 4, 4, &low));
	compare_ways(board, bar, offset + 4, 4, low);
	/* queue_desc of queue 0, 8 bytes in two halves */
	WORKS(poke(board->file, bar, offset + 22, 2, 0));
	WORKS(poke(board->file, bar, offset + 32, 4, 0x11223344));
	WORKS(poke(board->file, bar, offset + 36, 4, 0x55667788));
	compare_ways(board, bar, offset + 32, 4, 0x11223344);
	compare_ways(board, bar, offset + 36, 4, 0x55667788);
	WORKS(poke(board->file, bar, offset + 20, 1, 0));
}

/* 5.1.4: the station's address is what the network device begins with. */
static void test_network(const struct board *board)
{
	static const uint8_t station[] = {0x52, 0x54, 0x00, 0x0c, 0x0f, 0xfd};
	uint64_t offset = 0;
	int bar = 0, at;

	if (!EQUAL(find_structure(board, 4, &bar, &offset), true))
		return;
	for (at = 0; at < 6; at++)
		compare_ways(board, bar, offset + at, 1, station[at]);
}

/* PCI Local Bus Specification 3.0, 6.8.2: the table of MSI-X, which is memory. */
static void test_msix_table(const struct board *board)
{
	unsigned int at = config_read(board, 0x34, 1), left = 48;
	uint32_t where;

	for (; at && left; left--, at = config_read(board, at + 1, 1)) {
		if (config_read(board, at, 1) != 0x11)
			continue;
		where = config_read(board, at + 4, 4);
		WORKS(poke(board->file, where & 7, where & ~7u, 4, 0xa1b2c3d0));
		compare_ways(board, where & 7, where & ~7u, 4, 0xa1b2c3d0);
		WORKS(poke(board->file, where & 7, (where & ~7u) + 4, 4, 0x01020304));
		compare_ways(board, where & 7, (where & ~7u) + 4, 4, 0x01020304);
		return;
	}
	left_out("MSI-X table", "no such capability");
}

void test_virtio(const struct board *board)
{
	test_common(board);
	if (board->ids == 0x1af41041)
		test_network(board);
	test_msix_table(board);
}
