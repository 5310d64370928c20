// SPDX-License-Identifier: GPL-2.0-only
// SPDX-FileCopyrightText: The pcipeek developers

#include <linux/io.h>

#include "access.h"
#include "guard.h"

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

/*
 * A driver may have mapped a prefetchable BAR write-combining, and on x86 our
 * mapping of it is then of that kind, too: let the CPU neither merge this access
 * with others nor keep it back.
 */
static inline void fence(const struct pcipeek_bar *bar)
{
	if (unlikely(bar->fence))
		mb(); /* pairs with nothing: orders this CPU's accesses */
}

static inline u64 load(const struct pcipeek_bar *bar, u64 offset, u8 width)
{
	u64 value;

	if (bar->kind == PCIPEEK_BAR_IO)
		return load_port(bar->start + offset, width);
	fence(bar);
	value = load_memory(bar->base + offset, width);
	fence(bar);
	return value;
}

static inline void store(const struct pcipeek_bar *bar, u64 offset, u8 width,
			 u64 value)
{
	if (bar->kind == PCIPEEK_BAR_IO) {
		store_port(bar->start + offset, width, value);
		return;
	}
	fence(bar);
	store_memory(bar->base + offset, width, value);
	fence(bar);
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

static inline int enter(struct pcipeek_device *device, struct pcipeek_bar *bar)
{
	if (unlikely(!READ_ONCE(bar->base)) &&
	    bar->kind == PCIPEEK_BAR_MEMORY) {
		int err = pcipeek_bar_map(device, bar);

		if (err)
			return err;
	}
	return pcipeek_guard_enter(device, bar);
}

int pcipeek_access_read(struct pcipeek_device *device,
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

int pcipeek_access_write(struct pcipeek_device *device,
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

	for (i = 0; i < section->count && (!i || pcipeek_this_jiffy(start)); i++) {
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
	for (i = 0; i < section->count && (!i || pcipeek_this_jiffy(start)); i++) {
		__le64 bytes = 0;

		memcpy(&bytes, image + i * section->width, section->width);
		store(bar, section->offset + i * section->width, section->width,
		      le64_to_cpu(bytes));
	}
	section->done = i;
	return 0;
}

int pcipeek_access_section(struct pcipeek_device *device,
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
