/* SPDX-License-Identifier: GPL-2.0-only */
/* SPDX-FileCopyrightText: The pcipeek developers */
/*
 * The accesses. access.c is the only file that touches a device's registers.
 */
#ifndef PCIPEEK_ACCESS_H
#define PCIPEEK_ACCESS_H

#include "device.h"

/**
 * struct pcipeek_section - accesses of one width, made under one guard
 * @offset: of the first one; the others follow upwards
 * @image: the device's little-endian image, aligned to 8 bytes
 * @generation: 0, or the one that it must be; set to the one that it was
 * @count: how many, at most PCIPEEK_SECTION_MAX
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

/* Nobody is kept from resetting or removing a function for longer than this. */
#define PCIPEEK_SECTION_MAX 64

/*
 * The arguments were validated. These sleep, and do nothing on ENODEV, EAGAIN,
 * EIO and ENOMEM; EIO may also say that what was read is no data.
 */
int pcipeek_access_read(struct pcipeek_device *device,
			struct pcipeek_access *access);
int pcipeek_access_write(struct pcipeek_device *device,
			 const struct pcipeek_access *access);
int pcipeek_access_section(struct pcipeek_device *device,
			   struct pcipeek_section *section);

/* The parts of them, for a batch: into the guard of a function that can answer. */
int pcipeek_access_enter(struct pcipeek_device *device,
			 struct pcipeek_bar *bar);
/* Inside: EIO if what was read is no data. */
int pcipeek_access_load(struct pcipeek_device *device, u8 bar, u64 offset,
			u8 width, u64 *value);
void pcipeek_access_store(struct pcipeek_device *device, u8 bar, u64 offset,
			  u8 width, u64 value);

#endif
