// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "board.h"

#define DEVICES "/sys/bus/pci/devices"

static void path_of(char *path, size_t size, const struct board *board, const char *name)
{
	snprintf(path, size, DEVICES "/%s/%s", board->name, name);
}

static uint32_t number_in(const struct board *board, const char *name)
{
	char path[128], text[32] = "";
	int file;

	path_of(path, sizeof(path), board, name);
	file = open(path, O_RDONLY);
	if (file == -1)
		return 0;
	if (read(file, text, sizeof(text) - 1) == -1)
		text[0] = 0;
	close(file);
	return strtoul(text, NULL, 16);
}

static int by_name(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

void each_board(void (*found)(struct board *board))
{
	struct dirent **names;
	int i, count = scandir(DEVICES, &names, NULL, by_name);

	for (i = 0; i < count; i++) {
		struct board board = {.file = -1};

		if (names[i]->d_name[0] == '.')
			continue;
		snprintf(board.name, sizeof(board.name), "%.15s", names[i]->d_name);
		board.ids = number_in(&board, "vendor") << 16 | number_in(&board, "device");
		found(&board);
	}
}

void bar_in_sysfs(const struct board *board, int bar, uint64_t *address, uint64_t *length)
{
	char path[128], line[128];
	uint64_t last = 0, flags = 0;
	FILE *file;
	int i;

	*address = *length = 0;
	path_of(path, sizeof(path), board, "resource");
	file = fopen(path, "r");
	for (i = 0; file && i <= bar && fgets(line, sizeof(line), file); i++)
		if (i == bar)
			sscanf(line, "%" SCNx64 " %" SCNx64 " %" SCNx64, address, &last, &flags);
	if (file)
		fclose(file);
	if (flags)
		*length = last - *address + 1;
}

uint32_t config_read(const struct board *board, unsigned int at, unsigned int bytes)
{
	uint8_t part[4] = {0};
	char path[128];
	int file;

	path_of(path, sizeof(path), board, "config");
	file = open(path, O_RDONLY);
	if (file == -1 || pread(file, part, bytes, at) != (ssize_t)bytes)
		return ~0u;
	close(file);
	return part[0] | part[1] << 8 | part[2] << 16 | (uint32_t)part[3] << 24;
}

static int write_file(const char *path, const char *text)
{
	int file = open(path, O_WRONLY), result;

	if (file == -1)
		return -1;
	result = write(file, text, strlen(text)) == (ssize_t)strlen(text) ? 0 : -1;
	close(file);
	return result;
}

int write_attribute(const struct board *board, const char *name, const char *text)
{
	char path[128];

	path_of(path, sizeof(path), board, name);
	return write_file(path, text);
}

bool grant(const struct board *board)
{
	write_attribute(board, "driver/unbind", board->name);
	return !write_attribute(board, "driver_override", "pcipeek") &&
	       !write_file("/sys/bus/pci/drivers/pcipeek/bind", board->name);
}

void release_board(const struct board *board)
{
	write_file("/sys/bus/pci/drivers/pcipeek/unbind", board->name);
	write_attribute(board, "driver_override", "\n");
}

int attach(const struct board *board, uint32_t flags, uint64_t rights)
{
	struct pcipeek_attach request = {.size = sizeof(request), .flags = flags, .rights = rights};
	unsigned int domain, bus, slot, function;
	int file = open("/dev/pcipeek", O_RDWR | O_CLOEXEC), error;

	if (file == -1)
		return -1;
	sscanf(board->name, "%x:%x:%x.%x", &domain, &bus, &slot, &function);
	request.domain = domain;
	request.bus = bus;
	request.devfn = slot << 3 | function;
	if (!ioctl(file, PCIPEEK_IOC_ATTACH, &request))
		return file;
	error = errno;
	close(file);
	errno = error;
	return -1;
}

int peek(int file, int bar, uint64_t offset, int width, uint64_t *value)
{
	struct pcipeek_access access = {.offset = offset, .bar = bar, .width = width};
	int result = ioctl(file, PCIPEEK_IOC_READ, &access);

	*value = access.value;
	return result;
}

int poke(int file, int bar, uint64_t offset, int width, uint64_t value)
{
	struct pcipeek_access access = {
		.offset = offset, .value = value, .bar = bar, .width = width};

	return ioctl(file, PCIPEEK_IOC_WRITE, &access);
}

int block(int file, int bar, uint64_t offset, int width, uint32_t flags, void *buffer,
	  uint64_t count)
{
	struct pcipeek_block request = {
		.size = sizeof(request),
		.flags = flags,
		.bar = bar,
		.width = width,
		.offset = offset,
		.count = count,
		.buffer = (uintptr_t)buffer,
	};

	return ioctl(file, PCIPEEK_IOC_BLOCK, &request);
}

int batch(int file, struct pcipeek_op *ops, uint32_t count)
{
	struct pcipeek_batch request = {
		.size = sizeof(request),
		.ops = (uintptr_t)ops,
		.count = count,
		.op_size = sizeof(*ops),
		.timeout_ns = 1000000000,
	};

	return ioctl(file, PCIPEEK_IOC_BATCH, &request);
}

int bar_info(int file, int bar, struct pcipeek_bar_info *info)
{
	memset(info, 0, sizeof(*info));
	info->size = sizeof(*info);
	info->bar = bar;
	return ioctl(file, PCIPEEK_IOC_BAR_INFO, info);
}
