/* SPDX-License-Identifier: GPL-2.0-or-later */
/* SPDX-FileCopyrightText: The pcipeek developers */
/* A board as the kernel shows it, and calls of /dev/pcipeek for it. */
#ifndef PCIPEEK_MATRIX_BOARD_H
#define PCIPEEK_MATRIX_BOARD_H

#include <stdbool.h>
#include <stdint.h>

#include <linux/pcipeek.h>

/**
 * struct board - one function
 * @name: as in sysfs, "0000:00:03.0"
 * @ids: vendor << 16 | device
 * @file: open and attached, or -1
 */
struct board {
	char name[16];
	uint32_t ids;
	int file;
};

/* Call @found for each function of the machine. */
void each_board(void (*found)(struct board *board));
/* The address and the length of a BAR, from sysfs; length 0 where there is none. */
void bar_in_sysfs(const struct board *board, int bar, uint64_t *address, uint64_t *length);
/* Read @bytes (1, 2 or 4) of configuration space; little-endian, as it is. */
uint32_t config_read(const struct board *board, unsigned int at, unsigned int bytes);
/* Take the function from its driver and bind it to pcipeek. */
bool grant(const struct board *board);
void release_board(const struct board *board);
/* Write @text to an attribute of the function. -1 and errno */
int write_attribute(const struct board *board, const char *name, const char *text);

/* ATTACH with @rights; returns an open file, or -1 and errno. */
int attach(const struct board *board, uint32_t flags, uint64_t rights);
/* One READ or WRITE. -1 and errno */
int peek(int file, int bar, uint64_t offset, int width, uint64_t *value);
int poke(int file, int bar, uint64_t offset, int width, uint64_t value);
/* One BLOCK; @buffer may be odd. -1 and errno */
int block(int file, int bar, uint64_t offset, int width, uint32_t flags, void *buffer,
	  uint64_t count);
/* One BATCH of @count operations without a time limit of its own. -1 and errno */
int batch(int file, struct pcipeek_op *ops, uint32_t count);
int bar_info(int file, int bar, struct pcipeek_bar_info *info);

#endif
