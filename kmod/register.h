/* SPDX-License-Identifier: GPL-2.0-only */
/* SPDX-FileCopyrightText: The pcipeek developers */
/*
 * One register: the load and the store. Nothing else touches a device's registers.
 */
#ifndef PCIPEEK_REGISTER_H
#define PCIPEEK_REGISTER_H

#include <linux/io.h>

#include "bar.h"

/* What a read gives when nobody answers it: @ones. Some registers do read so. */
#define PCIPEEK_LOAD(type, read, from, ones) ({                               \
	type _value = read(from);                                             \
	*(ones) = _value == (type)~0ULL;                                      \
	_value;                                                               \
})

#if IS_ENABLED(CONFIG_HAS_IOPORT_MAP)
static inline u64 pcipeek_load_port(unsigned long port, u8 width, bool *ones)
{
	switch (width) {
	case 1:
		return PCIPEEK_LOAD(u8, inb, port, ones);
	case 2:
		return PCIPEEK_LOAD(u16, inw, port, ones);
	default:
		return PCIPEEK_LOAD(u32, inl, port, ones);
	}
}

static inline void pcipeek_store_port(unsigned long port, u8 width, u64 value)
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
static inline u64 pcipeek_load_port(unsigned long port, u8 width, bool *ones)
{
	return *ones = 0; /* not reached: such a BAR has max_width 0 */
}

static inline void pcipeek_store_port(unsigned long port, u8 width, u64 value)
{
}
#endif

static inline u64 pcipeek_load_memory(const void __iomem *from, u8 width,
				      bool *ones)
{
	switch (width) {
	case 1:
		return PCIPEEK_LOAD(u8, readb, from, ones);
	case 2:
		return PCIPEEK_LOAD(u16, readw, from, ones);
#ifdef readq
	case 8:
		return PCIPEEK_LOAD(u64, readq, from, ones);
#endif
	default:
		return PCIPEEK_LOAD(u32, readl, from, ones);
	}
}

static inline void pcipeek_store_memory(void __iomem *to, u8 width, u64 value)
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
 * The driver of a function that is not ours may have mapped a BAR write-combining, and
 * on x86 our mapping of it is then of that kind as well: let the CPU neither merge this
 * access with others nor keep it back. The barriers pair with nothing: they order this
 * CPU's accesses.
 */
static inline u64 pcipeek_load(const struct pcipeek_bar *bar, u64 offset,
			       u8 width, bool *ones)
{
	u64 value;

	if (unlikely(bar->kind == PCIPEEK_BAR_IO))
		return pcipeek_load_port(bar->start + offset, width, ones);
	if (likely(!bar->fence))
		return pcipeek_load_memory(bar->base + offset, width, ones);
	mb(); /* see above */
	value = pcipeek_load_memory(bar->base + offset, width, ones);
	mb(); /* see above */
	return value;
}

static inline void pcipeek_store(const struct pcipeek_bar *bar, u64 offset,
				 u8 width, u64 value)
{
	if (unlikely(bar->kind == PCIPEEK_BAR_IO)) {
		pcipeek_store_port(bar->start + offset, width, value);
	} else if (likely(!bar->fence)) {
		pcipeek_store_memory(bar->base + offset, width, value);
	} else {
		mb(); /* see above */
		pcipeek_store_memory(bar->base + offset, width, value);
		mb(); /* see above */
	}
}

#endif
