// SPDX-License-Identifier: GPL-2.0-only
// SPDX-FileCopyrightText: The pcipeek developers

#include <linux/io.h>

#include "guard.h"

#ifdef readq
#define MEMORY_MAX_WIDTH 8
#else
#define MEMORY_MAX_WIDTH 4
#endif
#define IO_MAX_WIDTH 4

/* An unset BAR keeps its size, at address 0. */
static bool present(struct pci_dev *pdev, int index)
{
	unsigned long flags = pci_resource_flags(pdev, index);

	if (!(flags & (IORESOURCE_MEM | IORESOURCE_IO)))
		return false;
	if (flags & (IORESOURCE_UNSET | IORESOURCE_DISABLED))
		return false;
	return pci_resource_start(pdev, index) && pci_resource_len(pdev, index);
}

static void describe(struct pcipeek_bar *bar, struct pci_dev *pdev, int index)
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

u8 pcipeek_bar_max_width(const struct pcipeek_bar *bar)
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

		if (!present(pdev, i))
			continue;
		describe(bar, pdev, i);
		bar->fence = !device->given &&
			     bar->attributes & PCIPEEK_BAR_PREFETCHABLE;
		device->limits.bar[i].length = bar->length;
		device->limits.bar[i].max_width = pcipeek_bar_max_width(bar);
	}
}

bool pcipeek_bar_current(const struct pcipeek_device *device,
			 struct pci_dev *pdev)
{
	int i;

	for (i = 0; i < PCIPEEK_BAR_COUNT; i++) {
		const struct pcipeek_bar *bar = &device->bar[i];

		if (present(pdev, i) != !!bar->length)
			return false;
		if (bar->length && pcipeek_guard_moved(device, bar))
			return false;
	}
	return true;
}

/*
 * A mapping is made at the first use of its BAR, since a BAR can be as large as
 * the memory of the machine and most are never used. It cannot be made inside
 * the guard, where nothing is allocated.
 */
static int map(struct pcipeek_device *device, struct pcipeek_bar *bar)
{
	int err = 0;

	mutex_lock(&device->map_lock);
	if (READ_ONCE(device->state) == PCIPEEK_ENDED) {
		err = -ENODEV;
	} else if (!bar->base) {
		void __iomem *base =
			pci_iomap(device->pdev, bar - device->bar, 0);

		if (base)
			smp_store_release(&bar->base, base);
		else
			err = -ENOMEM;
	}
	mutex_unlock(&device->map_lock);
	return err;
}

static inline int enter(struct pcipeek_device *device, struct pcipeek_bar *bar)
{
	if (unlikely(!READ_ONCE(bar->base)) &&
	    bar->kind == PCIPEEK_BAR_MEMORY) {
		int err = map(device, bar);

		if (err)
			return err;
	}
	return pcipeek_guard_enter(device, bar);
}

void pcipeek_bar_unmap(struct pcipeek_device *device)
{
	int i;

	mutex_lock(&device->map_lock);
	for (i = 0; i < PCIPEEK_BAR_COUNT; i++) {
		if (device->bar[i].base)
			pci_iounmap(device->pdev, device->bar[i].base);
		device->bar[i].base = NULL;
	}
	mutex_unlock(&device->map_lock);
}

void pcipeek_bar_info(const struct pcipeek_device *device,
		      struct pcipeek_bar_info *info)
{
	const struct pcipeek_bar *bar = &device->bar[info->bar];

	info->kind = bar->kind;
	info->mode = PCIPEEK_BAR_MODE_UNCACHED;
	info->max_width = device->limits.bar[info->bar].max_width;
	info->attributes = bar->attributes;
	info->address = bar->start;
	info->length = bar->length;
	info->mmap_offset = 0;
	info->mmap_length = 0;
}

#if IS_ENABLED(CONFIG_HAS_IOPORT_MAP)
static u64 load_port(unsigned long port, u8 width)
{
	switch (width) {
	case 1:
		return inb(port);
	case 2:
		return inw(port);
	default:
		return inl(port);
	}
}

static void store_port(unsigned long port, u8 width, u64 value)
{
	switch (width) {
	case 1:
		outb(value, port);
		break;
	case 2:
		outw(value, port);
		break;
	default:
		outl(value, port);
		break;
	}
}
#else
static u64 load_port(unsigned long port, u8 width)
{
	return 0; /* not reached: such a BAR has max_width 0 */
}

static void store_port(unsigned long port, u8 width, u64 value)
{
}
#endif

static inline u64 load_memory(const void __iomem *from, u8 width)
{
	switch (width) {
	case 1:
		return readb(from);
	case 2:
		return readw(from);
#ifdef readq
	case 8:
		return readq(from);
#endif
	default:
		return readl(from);
	}
}

static inline void store_memory(void __iomem *to, u8 width, u64 value)
{
	switch (width) {
	case 1:
		writeb(value, to);
		break;
	case 2:
		writew(value, to);
		break;
#ifdef writeq
	case 8:
		writeq(value, to);
		break;
#endif
	default:
		writel(value, to);
		break;
	}
}

static inline u64 load(const struct pcipeek_bar *bar, u64 offset, u8 width)
{
	u64 value;

	if (bar->kind == PCIPEEK_BAR_IO)
		return load_port(bar->start + offset, width);
	if (unlikely(bar->fence))
		mb();
	value = load_memory(bar->base + offset, width);
	if (unlikely(bar->fence))
		mb();
	return value;
}

static inline void store(const struct pcipeek_bar *bar, u64 offset, u8 width,
			 u64 value)
{
	if (bar->kind == PCIPEEK_BAR_IO) {
		store_port(bar->start + offset, width, value);
		return;
	}
	if (unlikely(bar->fence))
		mb();
	store_memory(bar->base + offset, width, value);
	if (unlikely(bar->fence))
		mb();
}

/* What a read gives when nobody answers it. Some registers do read so. */
static inline bool all_ones(u64 value, u8 width)
{
	return value == U64_MAX >> (64 - 8 * width);
}

/* Once for each shared function: from here on, its driver may be surprised. */
static void report_shared_write(struct pcipeek_device *device)
{
	if (test_and_set_bit(0, &device->tainted))
		return;
	pci_warn(device->pdev, "pcipeek: %s (pid %d) writes to %s\n",
		 current->comm, task_pid_nr(current),
		 device->driver ? "a device that a driver has" :
				  "a device that was not given to it");
	add_taint(TAINT_USER, LOCKDEP_STILL_OK);
}

int pcipeek_bar_read(struct pcipeek_device *device,
		     struct pcipeek_access *access)
{
	struct pcipeek_bar *bar = &device->bar[access->bar];
	int err;

	err = enter(device, bar);
	if (unlikely(err))
		return err;
	access->value = load(bar, access->offset, access->width);
	if (unlikely(all_ones(access->value, access->width)))
		err = pcipeek_guard_ask(device, bar);
	pcipeek_guard_leave(device);
	return err;
}

int pcipeek_bar_write(struct pcipeek_device *device,
		      const struct pcipeek_access *access)
{
	struct pcipeek_bar *bar = &device->bar[access->bar];
	int err;

	err = enter(device, bar);
	if (unlikely(err))
		return err;
	if (unlikely(!device->given))
		report_shared_write(device);
	store(bar, access->offset, access->width, access->value);
	pcipeek_guard_leave(device);
	return 0;
}

static int read_section(struct pcipeek_device *device, struct pcipeek_bar *bar,
			struct pcipeek_section *section)
{
	unsigned int first_ones = section->count;
	unsigned long start = jiffies;
	u8 *image = section->image;
	unsigned int i;
	int err = 0;

	for (i = 0; i < section->count && (!i || jiffies == start); i++) {
		u64 value = load(bar, section->offset + i * section->width,
				 section->width);
		__le64 bytes = cpu_to_le64(value);

		memcpy(image + i * section->width, &bytes, section->width);
		if (unlikely(all_ones(value, section->width)) && i < first_ones)
			first_ones = i;
	}
	section->done = i;
	if (unlikely(first_ones < i))
		err = pcipeek_guard_ask(device, bar);
	if (err)
		section->done = first_ones;
	return err;
}

static int write_section(struct pcipeek_device *device, struct pcipeek_bar *bar,
			 struct pcipeek_section *section)
{
	unsigned long start = jiffies;
	const u8 *image = section->image;
	unsigned int i;

	if (unlikely(!device->given))
		report_shared_write(device);
	for (i = 0; i < section->count && (!i || jiffies == start); i++) {
		__le64 bytes = 0;

		memcpy(&bytes, image + i * section->width, section->width);
		store(bar, section->offset + i * section->width, section->width,
		      le64_to_cpu(bytes));
	}
	section->done = i;
	return 0;
}

int pcipeek_bar_section(struct pcipeek_device *device,
			struct pcipeek_section *section)
{
	struct pcipeek_bar *bar = &device->bar[section->bar];
	int err;

	section->done = 0;
	err = enter(device, bar);
	if (err)
		return err;
	if (section->generation && section->generation != device->generation) {
		err = -EAGAIN;
	} else {
		section->generation = device->generation;
		err = section->write ? write_section(device, bar, section) :
				       read_section(device, bar, section);
	}
	pcipeek_guard_leave(device);
	return err;
}
