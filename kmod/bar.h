/* SPDX-License-Identifier: GPL-2.0-only */
/* SPDX-FileCopyrightText: The pcipeek developers */
/* The BARs of a function: what they are, and their mappings. */
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

/* Fill the table from the function's resources. */
void pcipeek_bar_table(struct pcipeek_device *device, struct pci_dev *pdev);
/* Is the table still what the function has? */
bool pcipeek_bar_current(const struct pcipeek_device *device,
			 struct pci_dev *pdev);
/* Take all mappings away; nobody is or comes inside the guard any more. */
void pcipeek_bar_unmap(struct pcipeek_device *device);

/* Make the mapping of a memory BAR; sleeps. ENODEV, ENOMEM */
int pcipeek_bar_map(struct pcipeek_device *device, struct pcipeek_bar *bar);
void pcipeek_bar_info(const struct pcipeek_device *device,
		      struct pcipeek_bar_info *info);

#endif
