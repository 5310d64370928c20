// SPDX-License-Identifier: GPL-2.0-only
// SPDX-FileCopyrightText: The pcipeek developers

#include <linux/io.h>

#include "access.h"
#include "guard.h"

#define CREATE_TRACE_POINTS
#include "trace.h"

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

int pcipeek_access_enter(struct pcipeek_device *device, struct pcipeek_bar *bar)
{
	int err;

	if (unlikely(!pcipeek_bar_ready(bar))) {
		err = pcipeek_bar_map(device, bar);
		if (err)
			return err;
	}
	err = pcipeek_guard_enter(device, bar);
	if (!err && unlikely(bar->mode != PCIPEEK_BAR_MODE_UNCACHED)) {
		pcipeek_guard_leave(device);
		err = -EOPNOTSUPP;
	}
	return err;
}

int pcipeek_access_load(struct pcipeek_device *device, u8 bar, u64 offset,
			u8 width, u64 *value)
{
	struct pcipeek_bar *from = pcipeek_device_bar(device, bar);

	*value = load(from, offset, width);
	trace_pcipeek_access(device, bar, offset, width, *value, false);
	if (unlikely(all_ones(*value, width)))
		return pcipeek_guard_ask(device, from);
	return 0;
}

void pcipeek_access_store(struct pcipeek_device *device, u8 bar, u64 offset,
			  u8 width, u64 value)
{
	if (unlikely(!device->given))
		report_shared_write(device);
	trace_pcipeek_access(device, bar, offset, width, value, true);
	store(pcipeek_device_bar(device, bar), offset, width, value);
}

int pcipeek_access_read(struct pcipeek_device *device,
			struct pcipeek_access *access)
{
	int err = pcipeek_access_enter(device, pcipeek_device_bar(device, access->bar));

	if (unlikely(err))
		return err;
	err = pcipeek_access_load(device, access->bar, access->offset,
				  access->width, &access->value);
	pcipeek_guard_leave(device);
	return err;
}

int pcipeek_access_write(struct pcipeek_device *device,
			 const struct pcipeek_access *access)
{
	int err = pcipeek_access_enter(device, pcipeek_device_bar(device, access->bar));

	if (unlikely(err))
		return err;
	pcipeek_access_store(device, access->bar, access->offset,
			     access->width, access->value);
	pcipeek_guard_leave(device);
	return 0;
}

static u64 place(const struct pcipeek_section *section, unsigned int index)
{
	return section->fixed ? section->offset :
				section->offset + index * section->width;
}

static int read_section(struct pcipeek_device *device, struct pcipeek_bar *bar,
			struct pcipeek_section *section)
{
	unsigned int first_ones = section->count;
	unsigned long start = jiffies;
	u8 *image = section->image;
	unsigned int i;
	int err = 0;

	for (i = 0; i < section->count && (!i || pcipeek_this_jiffy(start));
	     i++) {
		u64 offset = place(section, i);
		u64 value = load(bar, offset, section->width);
		__le64 bytes = cpu_to_le64(value);

		trace_pcipeek_access(device, section->bar, offset,
				     section->width, value, false);
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

static int write_section(struct pcipeek_device *device,
			 struct pcipeek_section *section)
{
	unsigned long start = jiffies;
	const u8 *image = section->image;
	unsigned int i;

	for (i = 0; i < section->count && (!i || pcipeek_this_jiffy(start));
	     i++) {
		__le64 bytes = 0;

		memcpy(&bytes, image + i * section->width, section->width);
		pcipeek_access_store(device, section->bar, place(section, i),
				     section->width, le64_to_cpu(bytes));
	}
	section->done = i;
	return 0;
}

int pcipeek_access_section(struct pcipeek_device *device,
			   struct pcipeek_section *section)
{
	struct pcipeek_bar *bar = pcipeek_device_bar(device, section->bar);
	int err;

	section->done = 0;
	err = pcipeek_access_enter(device, bar);
	if (err)
		return err;
	if (section->generation && section->generation != device->generation) {
		err = -EAGAIN;
	} else {
		section->generation = device->generation;
		err = section->write ? write_section(device, section) :
				       read_section(device, bar, section);
	}
	pcipeek_guard_leave(device);
	return err;
}
