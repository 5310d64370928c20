// SPDX-License-Identifier: GPL-2.0-only
// SPDX-FileCopyrightText: The pcipeek developers

#include <linux/io.h>
#include <linux/sched/mm.h>

#include "compat.h"
#include "guard.h"
#include "map.h"
#include "place.h"

#ifdef readq
#define MEMORY_MAX_WIDTH 8
#else
#define MEMORY_MAX_WIDTH 4
#endif
#define IO_MAX_WIDTH 4

static void bar_describe(struct pcipeek_bar *bar, struct pci_dev *pdev, int index)
{
	unsigned long flags = pci_resource_flags(pdev, index);

	bar->start = pci_resource_start(pdev, index);
	bar->length = pci_resource_len(pdev, index);
	bar->kind = flags & IORESOURCE_IO ? PCIPEEK_BAR_IO : PCIPEEK_BAR_MEMORY;
	if (flags & IORESOURCE_PREFETCH)
		bar->attributes |= PCIPEEK_BAR_PREFETCHABLE;
	if (flags & IORESOURCE_MEM_64)
		bar->attributes |= PCIPEEK_BAR_64BIT;
}

static u8 max_width(const struct pcipeek_bar *bar)
{
	if (bar->kind != PCIPEEK_BAR_IO)
		return MEMORY_MAX_WIDTH;
	/* some architectures have no port I/O at all */
	return IS_ENABLED(CONFIG_HAS_IOPORT_MAP) ? IO_MAX_WIDTH : 0;
}

void pcipeek_bar_table(struct pcipeek_device *device, struct pci_dev *pdev)
{
	int i;

	for (i = 0; i < PCIPEEK_BAR_COUNT; i++) {
		struct pcipeek_bar *bar = &device->bar[i];

		if (!pcipeek_bar_assigned(pdev, i))
			continue;
		bar_describe(bar, pdev, i);
		bar->fence = !device->granted && bar->kind == PCIPEEK_BAR_MEMORY;
		bar->mappable = bar->kind == PCIPEEK_BAR_MEMORY &&
				pcipeek_has_mappable_bars(pdev);
		device->limits.bar[i].length = bar->length;
		device->limits.bar[i].max_width = max_width(bar);
	}
}

bool pcipeek_bar_current(const struct pcipeek_device *device,
			 struct pci_dev *pdev)
{
	int i;

	for (i = 0; i < PCIPEEK_BAR_COUNT; i++) {
		const struct pcipeek_bar *bar = &device->bar[i];

		/* no lock of ours keeps it from changing */
		if (data_race(pcipeek_bar_assigned(pdev, i)) != !!bar->length)
			return false;
		if (bar->length && pcipeek_guard_moved(device, bar))
			return false;
	}
	return true;
}

/* ---- mappings ---- */

static bool bar_can_map(struct pcipeek_device *device, int index, u64 from, u64 to)
{
	void __iomem *base =
		pci_iomap_range(device->pdev, index, from, to - from);

	if (base)
		pci_iounmap(device->pdev, base);
	return base;
}

/*
 * On x86 a mapping takes over the memory type of the mappings that are there, and the
 * kernel refuses a range with several types. Two neighbouring pages that can only be
 * mapped one by one prove that this is why, and not a lack of memory. @to: a range
 * that cannot be mapped ends there.
 */
static bool has_several_types(struct pcipeek_device *device, int index, u64 to)
{
	u64 from = 0;

	while (to - from > 2 * PAGE_SIZE) {
		u64 middle = from + round_down((to - from) / 2, PAGE_SIZE);

		if (!bar_can_map(device, index, from, middle)) {
			to = middle;
		} else if (!bar_can_map(device, index, middle, to)) {
			from = middle;
		} else {
			from = middle - PAGE_SIZE;
			to = middle + PAGE_SIZE;
		}
	}
	return to - from > PAGE_SIZE && !bar_can_map(device, index, from, to) &&
	       bar_can_map(device, index, from, from + PAGE_SIZE) &&
	       bar_can_map(device, index, from + PAGE_SIZE, to);
}

/* pci_iomap() maps the place of now, which may be another one than @bar's. */
static int bar_map_uncached(struct pcipeek_device *device, struct pcipeek_bar *bar)
{
	int index = bar - device->bar, err = 0;
	void __iomem *base = pci_iomap(device->pdev, index, 0);

	if (!device->granted)
		err = pcipeek_place_check(device, bar);
	if (base && !err) {
		/* pairs with pcipeek_bar_ready(): who sees it can use it */
		smp_store_release(&bar->base, base);
		return 0;
	}
	if (base)
		pci_iounmap(device->pdev, base);
	if (err)
		return err;
	if (!device->granted && bar->kind == PCIPEEK_BAR_MEMORY &&
	    has_several_types(device, index, bar->length))
		return -EBUSY;
	return -ENOMEM;
}

/*
 * A mapping is made at the first use of its BAR, since a BAR can be as large as
 * the memory of the machine and most are never used. It cannot be made inside
 * the guard, where nothing is allocated. Removal waits for map_lock, with the
 * device_lock that recovery needs: nothing under map_lock waits for I/O.
 */
int pcipeek_bar_map(struct pcipeek_device *device, struct pcipeek_bar *bar)
{
	unsigned int flags;
	int err = 0;

	mutex_lock(&device->map_lock);
	flags = memalloc_noio_save();
	if (READ_ONCE(device->state) == PCIPEEK_ENDED)
		err = -ENODEV;
	else if (bar->mode != PCIPEEK_BAR_MODE_UNCACHED)
		err = -EOPNOTSUPP;
	else if (!bar->base)
		err = bar_map_uncached(device, bar);
	memalloc_noio_restore(flags);
	mutex_unlock(&device->map_lock);
	return err;
}

static int bar_check_mode(const struct pcipeek_bar *bar, u8 mode)
{
	if (mode == PCIPEEK_BAR_MODE_UNCACHED)
		return 0;
	if (bar->kind != PCIPEEK_BAR_MEMORY || !arch_can_pci_mmap_wc())
		return -EOPNOTSUPP;
	if (!(bar->attributes & PCIPEEK_BAR_PREFETCHABLE))
		return -EOPNOTSUPP;
	return 0;
}

/* Nobody is inside the guard with the old mapping when it goes. */
static void bar_change_mode(struct pcipeek_device *device, struct pcipeek_bar *bar, u8 mode)
{
	void __iomem *old = bar->base ?: bar->held;

	percpu_down_write(&device->guard);
	WRITE_ONCE(bar->mode, mode);
	WRITE_ONCE(bar->base, NULL);
	percpu_up_write(&device->guard);
	bar->held = NULL;
	if (old)
		pci_iounmap(device->pdev, old);
}

/*
 * The module holds the write-combining mapping, too: on x86 a page of user space
 * takes over the mode of what is mapped there already, and is uncached if nothing
 * is (arch/x86/mm/pat/memtype.c).
 */
static int bar_hold_wc(struct pcipeek_device *device, struct pcipeek_bar *bar)
{
	bar->held = pci_iomap_wc(device->pdev, bar - device->bar, 0);
	if (bar->held)
		return 0;
	bar_change_mode(device, bar, PCIPEEK_BAR_MODE_UNCACHED);
	return -ENOMEM;
}

static int bar_set_mode(struct pcipeek_device *device, struct pcipeek_bar *bar, u8 mode,
			const struct pcipeek_file *file)
{
	int err = bar_check_mode(bar, mode);

	if (err || bar->mode == mode)
		return err;
	if (READ_ONCE(device->state) == PCIPEEK_ENDED)
		return -ENODEV;
	if (bar->mappings)
		return -EBUSY;
	bar_change_mode(device, bar, mode);
	if (mode == PCIPEEK_BAR_MODE_WC)
		err = bar_hold_wc(device, bar);
	bar->holder = bar->mode == PCIPEEK_BAR_MODE_WC ? file : NULL;
	return err;
}

int pcipeek_bar_set_mode(struct pcipeek_device *device, struct pcipeek_bar *bar,
			 u8 mode, const struct pcipeek_file *file)
{
	unsigned int flags;
	int err;

	mutex_lock(&device->map_lock);
	flags = memalloc_noio_save();
	err = bar_set_mode(device, bar, mode, file);
	memalloc_noio_restore(flags);
	mutex_unlock(&device->map_lock);
	return err;
}

void pcipeek_bar_release(struct pcipeek_device *device,
			 const struct pcipeek_file *file)
{
	int i;

	mutex_lock(&device->map_lock);
	for (i = 0; i < PCIPEEK_BAR_COUNT; i++) {
		if (device->bar[i].holder == file)
			bar_set_mode(device, &device->bar[i], PCIPEEK_BAR_MODE_UNCACHED, NULL);
	}
	mutex_unlock(&device->map_lock);
}

void pcipeek_bar_unmap(struct pcipeek_device *device)
{
	int i;

	mutex_lock(&device->map_lock);
	for (i = 0; i < PCIPEEK_BAR_COUNT; i++) {
		struct pcipeek_bar *bar = &device->bar[i];
		void __iomem *old = bar->base ?: bar->held;

		if (old)
			pci_iounmap(device->pdev, old);
		bar->base = NULL;
		bar->held = NULL;
	}
	mutex_unlock(&device->map_lock);
}

void pcipeek_bar_info(struct pcipeek_device *device,
		      struct pcipeek_bar_info *info)
{
	u8 index = array_index_nospec(info->bar, PCIPEEK_BAR_COUNT);
	const struct pcipeek_bar *bar = &device->bar[index];

	info->kind = bar->kind;
	info->mode = READ_ONCE(bar->mode);
	info->max_width = device->limits.bar[index].max_width;
	info->attributes = bar->attributes;
	info->address = bar->start;
	/* as sysfs and lspci have it (pci_resource_to_user()) */
	if (IS_ENABLED(CONFIG_PPC) && bar->kind == PCIPEEK_BAR_IO)
		info->address = device->reach[index].first;
	info->length = bar->length;
	pcipeek_map_info(device, bar, info);
	pcipeek_device_reach(device, bar, info);
}
