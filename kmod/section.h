/* SPDX-License-Identifier: GPL-2.0-only */
/* SPDX-FileCopyrightText: The pcipeek developers */
/* Accesses of a block that are made under one guard. */
#ifndef PCIPEEK_SECTION_H
#define PCIPEEK_SECTION_H

#include "device.h"

/**
 * struct pcipeek_section - accesses of one width, made under one guard
 * @offset: of the first one; the others follow upwards
 * @image: the device's little-endian image, aligned to 8 bytes
 * @generation: 0, or the one that it must be; set to the one that it was
 * @count: how many
 * @done: how many were made; less than @count also when the time is up
 * @bar: BAR number
 * @width: bytes
 * @write: from @image to the device
 * @fixed: all at @offset
 */
struct pcipeek_section {
	u64 offset;
	void *image;
	u64 generation;
	unsigned int count;
	unsigned int done;
	u8 bar;
	u8 width;
	bool write;
	bool fixed;
};

/*
 * Sleeps. Does nothing on ENODEV, EAGAIN and ENOMEM; EIO may also say that what was
 * read is no data.
 */
int pcipeek_section_run(struct pcipeek_device *device,
			struct pcipeek_section *section);

#endif
