/* SPDX-License-Identifier: GPL-2.0-only */
/* SPDX-FileCopyrightText: The pcipeek developers */
/* A bridge above a function: does it forward accesses? */
#ifndef PCIPEEK_BRIDGE_H
#define PCIPEEK_BRIDGE_H

#include "bar.h"
#include "obstacle.h"
#include "reach.h"

/* Is it there, awake, and does it forward what the bits @decode of PCI_COMMAND stand for? */
u8 pcipeek_bridge_ask(struct pci_dev *bridge, u16 decode, struct pcipeek_obstacle *obstacle);

/*
 * Half of what pcipeek_bridge_ask_window() asks, for two configuration reads at most: does
 * the window that the kernel has the BAR in begin and end where it should?
 */
bool pcipeek_bridge_base_is_good(struct pci_dev *bridge, const struct pcipeek_bar *bar,
				 const struct pcipeek_reach *reach);
bool pcipeek_bridge_limit_is_good(struct pci_dev *bridge, const struct pcipeek_bar *bar,
				  const struct pcipeek_reach *reach);

/* Do its windows contain the BAR? */
u8 pcipeek_bridge_ask_window(struct pci_dev *bridge, const struct pcipeek_bar *bar,
			     const struct pcipeek_reach *reach, struct pcipeek_obstacle *obstacle);

#endif
