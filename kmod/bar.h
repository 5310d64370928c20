/* SPDX-License-Identifier: GPL-2.0-only */
/* SPDX-FileCopyrightText: The pcipeek developers */
/*
 * The BARs of a function. bar.c is the only file that touches a device's
 * registers.
 */
#ifndef PCIPEEK_BAR_H
#define PCIPEEK_BAR_H

#include <linux/pci.h>
#include <linux/pcipeek.h>

struct pcipeek_device;
struct pcipeek_limits;

/**
 * struct pcipeek_bar - one BAR, as the kernel had it when the record was made
 * @start: physical address or port
 * @length: bytes; 0: no such BAR
 * @base: mapping of a memory BAR, made at its first use. Set once, under the
 *	device's map_lock
 * @attributes: PCIPEEK_BAR_PREFETCHABLE, PCIPEEK_BAR_64BIT
 * @kind: PCIPEEK_BAR_MEMORY, PCIPEEK_BAR_IO
 * @fence: the CPU may have this BAR write-combining: a driver has it, too, and
 *	on x86 a second mapping takes over the mode of the first
 */
struct pcipeek_bar {
	resource_size_t start;
	resource_size_t length;
	void __iomem *base;
	u32 attributes;
	u8 kind;
	bool fence;
};

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
};

/* Nobody is kept from resetting or removing a function for longer than this. */
#define PCIPEEK_SECTION_MAX 64

/* Fill the table from the function's resources. */
void pcipeek_bar_table(struct pcipeek_device *device, struct pci_dev *pdev);
/* Is the table still what the function has? */
bool pcipeek_bar_current(const struct pcipeek_device *device,
			 struct pci_dev *pdev);
/* Take all mappings away; nobody is or comes inside the guard any more. */
void pcipeek_bar_unmap(struct pcipeek_device *device);

/* The widest access of @bar in bytes. */
u8 pcipeek_bar_max_width(const struct pcipeek_bar *bar);
void pcipeek_bar_info(const struct pcipeek_device *device,
		      struct pcipeek_bar_info *info);

/*
 * The accesses. The arguments were validated. They sleep; ENODEV, EAGAIN, EIO,
 * ENOMEM.
 */
int pcipeek_bar_read(struct pcipeek_device *device,
		     struct pcipeek_access *access);
int pcipeek_bar_write(struct pcipeek_device *device,
		      const struct pcipeek_access *access);
int pcipeek_bar_section(struct pcipeek_device *device,
			struct pcipeek_section *section);

#endif
