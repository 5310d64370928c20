/* SPDX-License-Identifier: GPL-2.0-only */
/* SPDX-FileCopyrightText: The pcipeek developers */
/* The BARs of a function: what they are, and their mappings. */
#ifndef PCIPEEK_BAR_H
#define PCIPEEK_BAR_H

#include <linux/pci.h>
#include <linux/pcipeek.h>

struct pcipeek_device;
struct pcipeek_file;
struct pcipeek_limits;

/**
 * struct pcipeek_bar - one BAR, as the kernel had it when the record was made
 * @start: physical address or port
 * @length: bytes; 0: no such BAR
 * @base: what accesses go through, made at their first; NULL: it is not made yet,
 *	or not possible in @mode. Set under map_lock, cleared inside the guard
 * @asked: the jiffy in which the function last said that it decodes this BAR
 * @attributes: PCIPEEK_BAR_PREFETCHABLE, PCIPEEK_BAR_64BIT
 * @kind: PCIPEEK_BAR_MEMORY, PCIPEEK_BAR_IO
 * @mode: PCIPEEK_BAR_MODE_*; map_lock
 * @held: the mapping in another mode, which nothing is accessed through; map_lock
 * @mappings: mappings of user space; map_lock
 * @holder: the file that set @mode, if it is not uncached; map_lock
 * @mappable: may user space map it, as far as the kernel is concerned?
 * @fence: the CPU may have this BAR write-combining, prefetchable or not: on x86 a
 *	second mapping takes over the mode of the first, which may be a driver's
 */
struct pcipeek_bar {
	void __iomem *base;
	unsigned long asked;
	resource_size_t start;
	bool fence;
	bool mappable;
	u8 kind;
	u8 mode;
	u32 attributes;
	resource_size_t length;
	void __iomem *held;
	const struct pcipeek_file *holder;
	unsigned int mappings;
};

/* By the flags of its resource: is there such a BAR? */
static inline bool pcipeek_bar_exists(unsigned long flags)
{
	return flags & (IORESOURCE_MEM | IORESOURCE_IO) &&
	       !(flags & IORESOURCE_DISABLED);
}

/* Has it an address? One that is unset keeps its size, at address 0. */
static inline bool pcipeek_bar_assigned(struct pci_dev *pdev, int index)
{
	unsigned long flags = pci_resource_flags(pdev, index);

	return pcipeek_bar_exists(flags) && !(flags & IORESOURCE_UNSET) &&
	       pci_resource_start(pdev, index) && pci_resource_len(pdev, index);
}

/* Fill the table from the function's resources. */
void pcipeek_bar_table(struct pcipeek_device *device, struct pci_dev *pdev);
/* Is the table still what the function has? */
bool pcipeek_bar_current(const struct pcipeek_device *device,
			 struct pci_dev *pdev);
/* Map it in another mode, for @file. ENODEV, EBUSY, EOPNOTSUPP, ENOMEM */
int pcipeek_bar_set_mode(struct pcipeek_device *device, struct pcipeek_bar *bar,
			 u8 mode, const struct pcipeek_file *file);
/* Undo what @file did with the modes; its mappings are gone. */
void pcipeek_bar_release(struct pcipeek_device *device,
			 const struct pcipeek_file *file);
/* Take all mappings away; nobody is or comes inside the guard any more. */
void pcipeek_bar_unmap(struct pcipeek_device *device);

/*
 * Inside the guard: can it be accessed without pcipeek_bar_map() first? An access
 * depends on the address that is read here, so it needs no acquire.
 */
static inline bool pcipeek_bar_ready(const struct pcipeek_bar *bar)
{
	return READ_ONCE(bar->base);
}

/*
 * Make the mapping; sleeps. ENODEV, EAGAIN, EOPNOTSUPP: not in this mode, ENOMEM,
 * EBUSY: its driver mapped parts of it with different memory types
 */
int pcipeek_bar_map(struct pcipeek_device *device, struct pcipeek_bar *bar);
void pcipeek_bar_info(struct pcipeek_device *device,
		      struct pcipeek_bar_info *info);

#endif
