// SPDX-License-Identifier: GPL-2.0-only
// SPDX-FileCopyrightText: The pcipeek developers

#include <linux/ioport.h>

#include "bridge.h"
#include "bridge_window.h"

u8 pcipeek_bridge_ask_command(struct pci_dev *bridge, u16 decode, struct pcipeek_obstacle *obstacle)
{
	u16 command = pcipeek_config_word(bridge, PCI_COMMAND);

	if (command == 0xffff)
		return pcipeek_obstructed(obstacle, bridge, PCIPEEK_REACH_SILENT);
	if ((command & decode) != decode)
		return pcipeek_obstructed(obstacle, bridge, PCIPEEK_REACH_DECODE_OFF);
	return PCIPEEK_REACH_OK;
}

static struct pcipeek_range read_io_window(struct pci_dev *bridge)
{
	u16 registers = pcipeek_config_word(bridge, PCI_IO_BASE);
	u32 upper = 0;

	if (pcipeek_io_is_32_bit(registers))
		upper = pcipeek_config_dword(bridge, PCI_IO_BASE_UPPER16);
	return pcipeek_io_window(registers, upper, bridge->io_window_1k);
}

static struct pcipeek_range read_prefetchable_window(struct pci_dev *bridge)
{
	u32 registers = pcipeek_config_dword(bridge, PCI_PREF_MEMORY_BASE);
	u32 base = 0, limit = 0;

	if (pcipeek_prefetchable_is_64_bit(registers)) {
		base = pcipeek_config_dword(bridge, PCI_PREF_BASE_UPPER32);
		limit = pcipeek_config_dword(bridge, PCI_PREF_LIMIT_UPPER32);
	}
	return pcipeek_prefetchable_window(registers, base, limit);
}

static struct pcipeek_range read_window(struct pci_dev *bridge, int index)
{
	switch (index) {
	case PCI_BRIDGE_IO_WINDOW:
		return read_io_window(bridge);
	case PCI_BRIDGE_MEM_WINDOW:
		return pcipeek_memory_window(pcipeek_config_dword(bridge, PCI_MEMORY_BASE));
	default:
		return read_prefetchable_window(bridge);
	}
}

static bool is_open_for(struct pci_dev *bridge, int index, const struct pcipeek_reach *reach)
{
	struct pcipeek_range bar = {reach->first, reach->last};

	return pcipeek_range_contains(read_window(bridge, index), bar);
}

/*
 * The window that the kernel has the BAR in, or -1. A bridge may forward a BAR without
 * one: by subtractive decode, by enhanced allocation, as a CardBus bridge. What the kernel
 * did not put into a window is not looked for in one. sysfs may move it under no lock of
 * ours, and the kernel changes windows then.
 */
static int window_of(const struct pci_dev *bridge, const struct pcipeek_bar *bar,
		     const struct pcipeek_reach *reach)
{
	unsigned long kind = bar->kind == PCIPEEK_BAR_IO ? IORESOURCE_IO : IORESOURCE_MEM;
	const unsigned long unused = IORESOURCE_UNSET | IORESOURCE_DISABLED | IORESOURCE_PCI_FIXED;
	int i;

	if (!reach->windows || bridge->hdr_type != PCI_HEADER_TYPE_BRIDGE)
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

/*
 * The window that the kernel programmed, as bus addresses. They differ from the kernel's
 * own by the same offset as those of the BAR, which is inside.
 */
static struct pcipeek_range programmed_window(const struct pci_dev *bridge, int index,
					      const struct pcipeek_bar *bar,
					      const struct pcipeek_reach *reach)
{
	const struct resource *window = &bridge->resource[index];
	u64 offset = reach->first - bar->start;
	struct pcipeek_range range = {
		.first = data_race(window->start) + offset, /* see window_of() */
		.last = data_race(window->end) + offset, /* likewise */
	};

	return range;
}

bool pcipeek_bridge_window_holds(struct pci_dev *bridge, const struct pcipeek_bar *bar,
				 const struct pcipeek_reach *reach, unsigned int part)
{
	static const u8 registers[][PCIPEEK_WINDOW_REGISTERS] = {
		{PCI_IO_BASE, PCI_IO_BASE_UPPER16},
		{PCI_MEMORY_BASE},
		{PCI_PREF_MEMORY_BASE, PCI_PREF_BASE_UPPER32, PCI_PREF_LIMIT_UPPER32},
	};
	int index = window_of(bridge, bar, reach);
	u8 at = index < 0 ? 0 : registers[index - PCI_BRIDGE_IO_WINDOW][part];

	if (!at)
		return true;
	return pcipeek_window_register_holds(at, pcipeek_config_dword(bridge, at),
					     programmed_window(bridge, index, bar, reach),
					     bridge->io_window_1k);
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
	int index = window_of(bridge, bar, reach);
	struct pcipeek_range wanted;

	if (index < 0 || forwards(bridge, index, reach))
		return PCIPEEK_REACH_OK;
	wanted = programmed_window(bridge, index, bar, reach);
	obstacle->wanted = wanted.first;
	obstacle->wanted_last = wanted.last;
	return pcipeek_obstructed(obstacle, bridge, window_obstacle(index));
}
