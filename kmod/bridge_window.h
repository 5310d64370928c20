/* SPDX-License-Identifier: GPL-2.0-only */
/* SPDX-FileCopyrightText: The pcipeek developers */
/*
 * The windows of a PCI-to-PCI bridge, from their registers (PCI-to-PCI Bridge
 * Architecture Specification 1.2, section 3.2.5). Pure: also compiled into unit tests.
 */
#ifndef PCIPEEK_BRIDGE_WINDOW_H
#define PCIPEEK_BRIDGE_WINDOW_H

#include <linux/pci_regs.h>

#include "portable.h"

/**
 * struct pcipeek_range - bus addresses, or ports
 * @first: the first one
 * @last: the last one; below @first: there is none
 */
struct pcipeek_range {
	u64 first;
	u64 last;
};

static inline bool pcipeek_range_contains(struct pcipeek_range outer, struct pcipeek_range inner)
{
	return inner.first >= outer.first && inner.last <= outer.last;
}

/* @registers: PCI_MEMORY_BASE and PCI_MEMORY_LIMIT */
static inline struct pcipeek_range pcipeek_memory_window(u32 registers)
{
	struct pcipeek_range window = {
		.first = (u64)(registers & 0x0000fff0) << 16,
		.last = (registers & 0xfff00000) | 0xfffff,
	};

	return window;
}

/* Whether the upper halves of the prefetchable window exist. */
static inline bool pcipeek_prefetchable_is_64_bit(u32 registers)
{
	return (registers & 0xf) == 1;
}

/*
 * @registers: PCI_PREF_MEMORY_BASE and PCI_PREF_MEMORY_LIMIT; the upper halves are 0
 * where they do not exist
 */
static inline struct pcipeek_range pcipeek_prefetchable_window(u32 registers, u32 upper_base,
							       u32 upper_limit)
{
	struct pcipeek_range window = pcipeek_memory_window(registers);

	window.first |= (u64)upper_base << 32;
	window.last |= (u64)upper_limit << 32;
	return window;
}

/* Whether the upper halves of the I/O window exist. */
static inline bool pcipeek_io_is_32_bit(u16 registers)
{
	return (registers & 0xf) == 1;
}

/*
 * @registers: PCI_IO_BASE and PCI_IO_LIMIT; @upper: their upper halves, 0 where they do
 * not exist; @fine: in steps of 1 KiB, as some bridges of Intel's can be told to
 */
static inline struct pcipeek_range pcipeek_io_window(u16 registers, u32 upper, bool fine)
{
	u32 mask = fine ? 0xfc : 0xf0;
	struct pcipeek_range window = {
		.first = (registers & mask) << 8 | (upper & 0xffff) << 16,
		.last = (registers >> 8 & mask) << 8 | (upper & 0xffff0000) |
			(fine ? 0x3ff : 0xfff),
	};

	return window;
}

/*
 * What the register @at, of those that make up a window, holds of @window. Bits that are
 * not part of the window are 0.
 */
static inline u32 pcipeek_window_register(u8 at, struct pcipeek_range window, bool fine)
{
	const u32 mask = fine ? 0xfc : 0xf0;

	switch (at) {
	case PCI_IO_BASE:
		return (window.first >> 8 & mask) | (window.last >> 8 & mask) << 8;
	case PCI_IO_BASE_UPPER16:
		return (window.first >> 16 & 0xffff) | (window.last & 0xffff0000);
	case PCI_PREF_BASE_UPPER32:
		return window.first >> 32;
	case PCI_PREF_LIMIT_UPPER32:
		return window.last >> 32;
	default: /* PCI_MEMORY_BASE, PCI_PREF_MEMORY_BASE */
		return (window.first >> 16 & 0xfff0) | (window.last & 0xfff00000);
	}
}

/* Does the register @at hold its part of @window? @found is what it holds. */
static inline bool pcipeek_window_register_holds(u8 at, u32 found, struct pcipeek_range window,
						 bool fine)
{
	const struct pcipeek_range ones = {.first = ~0ULL, .last = ~0ULL};
	u32 mask = pcipeek_window_register(at, ones, fine);

	return (found & mask) == pcipeek_window_register(at, window, fine);
}

#endif
