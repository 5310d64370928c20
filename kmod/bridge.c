// SPDX-License-Identifier: GPL-2.0-only
// SPDX-FileCopyrightText: The pcipeek developers

#include <linux/ioport.h>

#include "bridge.h"
#include "bridge_window.h"

u8 pcipeek_bridge_ask(struct pci_dev *bridge, u16 decode, struct pcipeek_obstacle *obstacle)
{
	u16 command = pcipeek_config_word(bridge, PCI_COMMAND);

	if (command == 0xffff)
		return pcipeek_obstructed(obstacle, bridge, PCIPEEK_REACH_SILENT);
	if ((command & decode) != decode)
		return pcipeek_obstructed(obstacle, bridge, PCIPEEK_REACH_DECODE_OFF);
	return pcipeek_ask_power(bridge, obstacle);
}

static struct pcipeek_range read_io_window(struct pci_dev *bridge)
{
	u16 registers = pcipeek_config_word(bridge, PCI_IO_BASE);
	u32 upper = 0;

	if (pcipeek_io_is_32_bit(registers))
		upper = pcipeek_config_dword(bridge, PCI_IO_BASE_UPPER16);
	return pcipeek_io_window(registers, upper, bridge->io_window_1k);
}

/* Each half has a register of its own above 4 GiB. */
enum ends {
	BASE = 1,
	LIMIT = 2,
};

static struct pcipeek_range read_prefetchable_window(struct pci_dev *bridge, unsigned int ends)
{
	u32 registers = pcipeek_config_dword(bridge, PCI_PREF_MEMORY_BASE);
	u32 base = 0, limit = 0;

	if (pcipeek_prefetchable_is_64_bit(registers)) {
		if (ends & BASE)
			base = pcipeek_config_dword(bridge, PCI_PREF_BASE_UPPER32);
		if (ends & LIMIT)
			limit = pcipeek_config_dword(bridge, PCI_PREF_LIMIT_UPPER32);
	}
	return pcipeek_prefetchable_window(registers, base, limit);
}

static struct pcipeek_range read_window(struct pci_dev *bridge, int index, unsigned int ends)
{
	switch (index) {
	case PCI_BRIDGE_IO_WINDOW:
		return read_io_window(bridge);
	case PCI_BRIDGE_MEM_WINDOW:
		return pcipeek_memory_window(pcipeek_config_dword(bridge, PCI_MEMORY_BASE));
	default:
		return read_prefetchable_window(bridge, ends);
	}
}

static bool is_open_for(struct pci_dev *bridge, int index, const struct pcipeek_reach *reach)
{
	struct pcipeek_range bar = {reach->first, reach->last};

	return pcipeek_range_contains(read_window(bridge, index, BASE | LIMIT), bar);
}

/*
 * The window that the kernel has the BAR in, or -1. A bridge may forward a BAR without
 * one: by subtractive decode, by enhanced allocation, as a CardBus bridge. What the kernel
 * did not put into a window is not looked for in one. sysfs may move it under no lock of
 * ours, and the kernel changes windows then.
 */
static int window_of(const struct pci_dev *bridge, const struct pcipeek_bar *bar)
{
	unsigned long kind = bar->kind == PCIPEEK_BAR_IO ? IORESOURCE_IO : IORESOURCE_MEM;
	const unsigned long unused = IORESOURCE_UNSET | IORESOURCE_DISABLED | IORESOURCE_PCI_FIXED;
	int i;

	if (bridge->hdr_type != PCI_HEADER_TYPE_BRIDGE)
		return -1;
	for (i = PCI_BRIDGE_IO_WINDOW; i <= PCI_BRIDGE_PREF_MEM_WINDOW; i++) {
		const struct resource *window = &bridge->resource[i];

		/* see above */
		if (data_race((window->flags & (kind | unused)) == kind &&
			      window->start <= bar->start &&
			      window->end >= bar->start + bar->length - 1))
			return i;
	}
	return -1;
}

bool pcipeek_bridge_base_is_good(struct pci_dev *bridge, const struct pcipeek_bar *bar,
				 const struct pcipeek_reach *reach)
{
	int index = reach->windows ? window_of(bridge, bar) : -1;

	return index < 0 || read_window(bridge, index, BASE).first <= reach->first;
}

bool pcipeek_bridge_limit_is_good(struct pci_dev *bridge, const struct pcipeek_bar *bar,
				  const struct pcipeek_reach *reach)
{
	int index = reach->windows ? window_of(bridge, bar) : -1;

	return index < 0 || read_window(bridge, index, LIMIT).last >= reach->last;
}

/* Either window for memory will do: what a bridge forwards, it forwards. */
static bool forwards(struct pci_dev *bridge, int index, const struct pcipeek_reach *reach)
{
	if (is_open_for(bridge, index, reach))
		return true;
	if (index == PCI_BRIDGE_IO_WINDOW)
		return false;
	return is_open_for(bridge,
			   index == PCI_BRIDGE_MEM_WINDOW ? PCI_BRIDGE_PREF_MEM_WINDOW
							  : PCI_BRIDGE_MEM_WINDOW,
			   reach);
}

static u8 window_obstacle(int index)
{
	if (index == PCI_BRIDGE_IO_WINDOW)
		return PCIPEEK_REACH_IO_WINDOW;
	return index == PCI_BRIDGE_MEM_WINDOW ? PCIPEEK_REACH_MEMORY_WINDOW
					      : PCIPEEK_REACH_PREF_WINDOW;
}

u8 pcipeek_bridge_ask_window(struct pci_dev *bridge, const struct pcipeek_bar *bar,
			     const struct pcipeek_reach *reach, struct pcipeek_obstacle *obstacle)
{
	struct pci_bus_region wanted;
	int index;

	if (!reach->windows)
		return PCIPEEK_REACH_OK;
	index = window_of(bridge, bar);
	if (index < 0 || forwards(bridge, index, reach))
		return PCIPEEK_REACH_OK;
	pcibios_resource_to_bus(bridge->bus, &wanted, &bridge->resource[index]);
	obstacle->wanted = wanted.start;
	obstacle->wanted_last = wanted.end;
	return pcipeek_obstructed(obstacle, bridge, window_obstacle(index));
}
