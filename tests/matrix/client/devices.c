// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers

#include <endian.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>

#include "check.h"
#include "devices.h"
#include "memory.h"
#include "virtio.h"

#define EDU 0x123411e8
#define TESTDEV 0x1b360005
#define IVSHMEM 0x1af41110
#define RTL8139 0x10ec8139
#define NVME 0x1b360010

bool is_known(const struct board *board)
{
	switch (board->ids) {
	case EDU:
	case TESTDEV:
	case IVSHMEM:
	case RTL8139:
	case NVME:
		return true;
	default:
		return is_virtio(board);
	}
}

bool is_counted(const struct board *board)
{
	return board->ids == EDU;
}

int get_version(int file, struct pcipeek_version *version)
{
	return ioctl(file, PCIPEEK_IOC_VERSION, version);
}

static void test_refusals(const struct board *board, int bar, const struct pcipeek_bar_info *info)
{
	uint64_t value;

	FAILS(peek(board->file, bar, info->length, 1, &value), ERANGE);
	FAILS(peek(board->file, bar, info->length - 1, 2, &value), ERANGE);
	FAILS(peek(board->file, bar, UINT64_MAX, 1, &value), ERANGE);
	FAILS(peek(board->file, bar, 1ull << 32, 4, &value), ERANGE);
	FAILS(peek(board->file, bar, 1, 4, &value), EINVAL);
	FAILS(peek(board->file, bar, 0, 3, &value), EINVAL);
	FAILS(poke(board->file, bar, 0, 1, 0x100), EINVAL);
	FAILS(block(board->file, bar, 4, 4, 0, &value, info->length / 4), ERANGE);
	if (info->max_width < 8)
		FAILS(peek(board->file, bar, 0, 8, &value), EOPNOTSUPP);
}

static void test_bar(const struct board *board, int bar, bool can_map)
{
	uint64_t address, length, value;
	struct pcipeek_bar_info info;

	bar_in_sysfs(board, bar, &address, &length);
	if (!length) {
		FAILS(bar_info(board->file, bar, &info), ENXIO);
		FAILS(peek(board->file, bar, 0, 4, &value), ENXIO);
		return;
	}
	WORKS(bar_info(board->file, bar, &info));
	EQUAL(info.length, length);
	EQUAL(info.address, address);
	EQUAL(info.reach, PCIPEEK_REACH_OK);
	if (!can_map || info.kind == PCIPEEK_BAR_IO)
		EQUAL(info.mmap_length, 0);
	if (info.max_width)
		test_refusals(board, bar, &info);
	else
		left_out("I/O BAR", "this machine has no port I/O");
}

void test_bars(struct board *board)
{
	struct pcipeek_version version = {.size = sizeof(version)};
	uint64_t value;
	int bar;

	WORKS(get_version(board->file, &version));
	for (bar = 0; bar < PCIPEEK_BAR_COUNT; bar++)
		test_bar(board, bar, version.features & PCIPEEK_FEATURE_MMAP);
	FAILS(peek(board->file, PCIPEEK_BAR_COUNT, 0, 4, &value), ENXIO);
}

/* Its registers have the byte order of QEMU's target, which is big-endian for all of ppc64. */
static uint32_t edu_order(uint32_t value)
{
#ifdef __powerpc64__
	return __builtin_bswap32(value);
#else
	return value;
#endif
}

static void read_edu(const struct board *board, uint64_t offset, uint64_t *value)
{
	expect_access("edu-mmio", 'r', 4, offset);
	WORKS(peek(board->file, 0, offset, 4, value));
	*value = edu_order(*value);
}

static void write_edu(const struct board *board, uint64_t offset, uint64_t value)
{
	expect_access("edu-mmio", 'w', 4, offset);
	WORKS(poke(board->file, 0, offset, 4, edu_order(value)));
}

/*
 * 5! by the device, and that each request is one access (QEMU, docs/specs/edu.rst).
 */
static void test_edu(const struct board *board)
{
	struct pcipeek_op ops[] = {
		{.code = PCIPEEK_OP_READ, .width = 4, .bar = 0, .offset = 0},
		{.code = PCIPEEK_OP_READ, .width = 4, .bar = 0, .offset = 4},
	};
	uint64_t value, tries = 0;
	uint32_t words[2];

	read_edu(board, 0, &value);
	EQUAL(value, 0x010000ed);
	write_edu(board, 4, 0x12345678);
	read_edu(board, 4, &value);
	EQUAL(value, 0xedcba987);
	write_edu(board, 8, 5);
	do
		read_edu(board, 0x20, &value);
	while (value & 1 && ++tries < 100000);
	read_edu(board, 8, &value);
	EQUAL(value, 120);
	expect_access("edu-mmio", 'r', 4, 0);
	expect_access("edu-mmio", 'r', 4, 4);
	WORKS(block(board->file, 0, 0, 4, 0, words, 2));
	EQUAL(edu_order(le32toh(words[0])), 0x010000ed);
	EQUAL(edu_order(le32toh(words[1])), 0xedcba987);
	expect_access("edu-mmio", 'r', 4, 0);
	expect_access("edu-mmio", 'r', 4, 4);
	WORKS(batch(board->file, ops, 2));
	EQUAL(edu_order(ops[0].result), 0x010000ed);
	EQUAL(edu_order(ops[1].result), 0xedcba987);
}

/* The same registers in I/O BAR 0 and in memory BAR 1: the station's address is at 0. */
static void test_rtl8139(const struct board *board)
{
	static const uint8_t station[] = {0x52, 0x54, 0x00, 0x0c, 0x0f, 0xfe};
	struct pcipeek_bar_info info;
	uint64_t port, memory;
	int at;

	WORKS(bar_info(board->file, 0, &info));
	for (at = 0; at < 6; at++) {
		WORKS(peek(board->file, 1, at, 1, &memory));
		EQUAL(memory, station[at]);
		if (!info.max_width)
			continue;
		WORKS(peek(board->file, 0, at, 1, &port));
		EQUAL(port, memory);
	}
}

/* NVMe Base Specification, section 3.1.3: CAP is 8 bytes at 0, VS 4 bytes at 8. */
static void test_nvme(const struct board *board)
{
	uint64_t cap, low, high, version;

	WORKS(peek(board->file, 0, 0, 4, &low));
	WORKS(peek(board->file, 0, 4, 4, &high));
	WORKS(peek(board->file, 0, 8, 4, &version));
	EQUAL(version >> 16, 1);
	if (!peek(board->file, 0, 0, 8, &cap))
		EQUAL(cap, high << 32 | low);
	else
		EQUAL(errno, EOPNOTSUPP);
	test_mapping(board, 0);
}

void test_device(struct board *board)
{
	switch (board->ids) {
	case EDU:
		test_edu(board);
		break;
	case IVSHMEM:
		test_memory(board, 2);
		break;
	case RTL8139:
		test_rtl8139(board);
		break;
	case NVME:
		test_nvme(board);
		break;
	case TESTDEV:
		break;
	default:
		test_virtio(board);
	}
}
