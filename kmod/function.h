/* SPDX-License-Identifier: GPL-2.0-only */
/* SPDX-FileCopyrightText: The pcipeek developers */
/* What the registers of a function, and of its physical function, say of its BARs. */
#ifndef PCIPEEK_FUNCTION_H
#define PCIPEEK_FUNCTION_H

#include "bar.h"
#include "obstacle.h"

/* The bit of PCI_COMMAND for the address space of the BAR. */
static inline u16 pcipeek_decode_bit(const struct pcipeek_bar *bar)
{
	return bar->kind == PCIPEEK_BAR_IO ? PCI_COMMAND_IO : PCI_COMMAND_MEMORY;
}

/* Does it decode the BAR? By its word, PCI_COMMAND; all ones: it does not answer. */
u8 pcipeek_function_judge(const struct pcipeek_device *device, const struct pcipeek_bar *bar,
			  u16 command, struct pcipeek_obstacle *obstacle);

/*
 * Do those @bits of the BAR register that are decoded hold what the kernel assigned? One
 * configuration read for the lower 32 bits, and one for the upper ones.
 */
u8 pcipeek_function_ask_address(const struct pcipeek_device *device, const struct pcipeek_bar *bar,
				u64 bits, struct pcipeek_obstacle *obstacle);

/* Of a virtual function: does its physical function decode for it? */
u8 pcipeek_function_ask_vf_memory(const struct pcipeek_device *device,
				  struct pcipeek_obstacle *obstacle);

/* Does every BAR register hold its address? */
bool pcipeek_function_holds_addresses(struct pcipeek_device *device);

/* Of a virtual function: does its physical function say that it decodes memory? */
bool pcipeek_function_vf_decodes(struct pcipeek_device *device);

#endif
