/* SPDX-License-Identifier: GPL-2.0-only */
/* SPDX-FileCopyrightText: The pcipeek developers */
/* A bridge above a function: does it forward accesses? */
#ifndef PCIPEEK_BRIDGE_H
#define PCIPEEK_BRIDGE_H

#include "bar.h"
#include "obstacle.h"
#include "reach.h"

/* Does it answer, and forward what the bits @decode of PCI_COMMAND stand for? */
u8 pcipeek_bridge_ask_command(struct pci_dev *bridge, u16 decode,
			      struct pcipeek_obstacle *obstacle);

/* The same, and is it awake? */
static inline u8 pcipeek_bridge_ask(struct pci_dev *bridge, u16 decode,
				    struct pcipeek_obstacle *obstacle)
{
	u8 why = pcipeek_bridge_ask_command(bridge, decode, obstacle);

	return why ?: pcipeek_ask_power(bridge, obstacle);
}

/* As many registers as the largest window has: the low halves of both ends, two upper ones. */
#define PCIPEEK_WINDOW_REGISTERS 3

/*
 * Does register @part of the window that the kernel has the BAR in hold what the kernel put
 * there? One configuration read. A no may be harmless: ask pcipeek_bridge_ask_window() then.
 */
bool pcipeek_bridge_window_holds(struct pci_dev *bridge, const struct pcipeek_bar *bar,
				 const struct pcipeek_reach *reach, unsigned int part);

/* Do its windows contain the BAR? */
u8 pcipeek_bridge_ask_window(struct pci_dev *bridge, const struct pcipeek_bar *bar,
			     const struct pcipeek_reach *reach, struct pcipeek_obstacle *obstacle);

#endif
