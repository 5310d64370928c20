// SPDX-License-Identifier: GPL-2.0-only
// SPDX-FileCopyrightText: The pcipeek developers

#include "reach.h"
#include "bridge.h"
#include "device.h"
#include "function.h"

/* The way to a BAR in parts, each of them one configuration read at most. */
enum part {
	PART_POWER,
	PART_PHYSFN_POWER,
	PART_VF_MEMORY,
	PART_ADDRESS_LOW,
	PART_ADDRESS_HIGH,
	PART_BRIDGES,
};

enum bridge_part {
	BRIDGE_COMMAND,
	BRIDGE_POWER,
	BRIDGE_WINDOW,
	BRIDGE_PARTS = BRIDGE_WINDOW + PCIPEEK_WINDOW_REGISTERS,
};

static_assert(PART_BRIDGES + 2 * BRIDGE_PARTS < PCIPEEK_REACH_JIFFIES);
static_assert(PART_BRIDGES + 5 * BRIDGE_PARTS <= PCIPEEK_REACH_PARTS);

static const struct pcipeek_reach *reach_of(const struct pcipeek_device *device,
					    const struct pcipeek_bar *bar)
{
	return &device->reach[bar - device->bar];
}

/* Counted from the root bus, which has no bridge. */
static struct pci_dev *bridge_at(const struct pcipeek_device *device, unsigned int depth)
{
	struct pci_dev *bridge = pci_upstream_bridge(device->pdev);
	unsigned int steps = device->bridges - 1 - depth;

	while (steps--)
		bridge = pci_upstream_bridge(bridge);
	return bridge;
}

/*
 * A bridge that was reset forgets its bus numbers, too, and then the function does not
 * answer: the first one that did is the one to name.
 */
static u8 ask_buses(const struct pcipeek_device *device, struct pcipeek_obstacle *obstacle)
{
	struct pci_dev *below = device->physfn ?: device->pdev;
	struct pci_dev *bridge;
	u8 why = PCIPEEK_REACH_OK;

	for (; (bridge = pci_upstream_bridge(below)); below = bridge) {
		u16 buses = pcipeek_config_word(bridge, PCI_PRIMARY_BUS);

		if (buses != 0xffff && buses >> 8 != below->bus->number)
			why = pcipeek_obstructed(obstacle, bridge, PCIPEEK_REACH_BUSES_LOST);
	}
	return why;
}

static unsigned int parts_of(const struct pcipeek_device *device)
{
	return PART_BRIDGES + BRIDGE_PARTS * device->bridges;
}

/* One register of a window says too little to name; a wrong one asks for everything. */
static u8 ask_bridge_part(const struct pcipeek_device *device, const struct pcipeek_bar *bar,
			  unsigned int part, struct pcipeek_obstacle *obstacle)
{
	struct pci_dev *bridge = bridge_at(device, part / BRIDGE_PARTS);

	part %= BRIDGE_PARTS;
	if (part == BRIDGE_COMMAND)
		return pcipeek_bridge_ask_command(bridge, pcipeek_decode_bit(bar), obstacle);
	if (part == BRIDGE_POWER)
		return pcipeek_ask_power(bridge, obstacle);
	return pcipeek_bridge_window_holds(bridge, bar, reach_of(device, bar), part - BRIDGE_WINDOW)
		       ? PCIPEEK_REACH_OK
		       : PCIPEEK_REACH_UNKNOWN;
}

static u8 ask_physfn_power(const struct pcipeek_device *device, struct pcipeek_obstacle *obstacle)
{
	return device->physfn ? pcipeek_ask_power(device->physfn, obstacle) : PCIPEEK_REACH_OK;
}

/* Of a virtual function: can its physical function serve it? */
static u8 ask_physfn(const struct pcipeek_device *device, struct pcipeek_obstacle *obstacle)
{
	u8 why = ask_physfn_power(device, obstacle);

	return why ?: pcipeek_function_ask_vf_memory(device, obstacle);
}

static u8 ask_part(const struct pcipeek_device *device, const struct pcipeek_bar *bar,
		   unsigned int part, struct pcipeek_obstacle *obstacle)
{
	switch (part) {
	case PART_POWER:
		return pcipeek_ask_power(device->pdev, obstacle);
	case PART_PHYSFN_POWER:
		return ask_physfn_power(device, obstacle);
	case PART_VF_MEMORY:
		return pcipeek_function_ask_vf_memory(device, obstacle);
	case PART_ADDRESS_LOW:
		return pcipeek_function_ask_address(device, bar, U32_MAX, obstacle);
	case PART_ADDRESS_HIGH:
		return pcipeek_function_ask_address(device, bar, ~(u64)U32_MAX, obstacle);
	default:
		return ask_bridge_part(device, bar, part - PART_BRIDGES, obstacle);
	}
}

/* From the root bus down, so that the first obstacle is the one to remove first. */
static u8 ask_bridges(const struct pcipeek_device *device, const struct pcipeek_bar *bar,
		      struct pcipeek_obstacle *obstacle)
{
	unsigned int depth;
	u8 why = PCIPEEK_REACH_OK;

	for (depth = 0; !why && depth < device->bridges; depth++) {
		struct pci_dev *bridge = bridge_at(device, depth);

		why = pcipeek_bridge_ask(bridge, pcipeek_decode_bit(bar), obstacle);
		if (!why)
			why = pcipeek_bridge_ask_window(bridge, bar, reach_of(device, bar),
							obstacle);
	}
	return why;
}

/* Decoding comes last: a board that lost its addresses must not be told to decode. */
static u8 ask_an_answering_function(const struct pcipeek_device *device,
				    const struct pcipeek_bar *bar, u16 command,
				    struct pcipeek_obstacle *obstacle)
{
	return pcipeek_ask_power(device->pdev, obstacle) ?:
	       pcipeek_function_ask_address(device, bar, ~0ULL, obstacle) ?:
	       pcipeek_function_judge(device, bar, command, obstacle);
}

static u8 ask_everything(const struct pcipeek_device *device, const struct pcipeek_bar *bar,
			 struct pcipeek_obstacle *obstacle)
{
	u16 command = pcipeek_config_word(device->pdev, PCI_COMMAND);
	bool silent = command == 0xffff;
	u8 why = silent ? ask_buses(device, obstacle) : PCIPEEK_REACH_OK;

	why = why ?: ask_bridges(device, bar, obstacle);
	why = why ?: ask_physfn(device, obstacle);
	if (why)
		return why;
	if (silent)
		return pcipeek_function_judge(device, bar, command, obstacle);
	return ask_an_answering_function(device, bar, command, obstacle);
}

static void note_asked(const struct pcipeek_device *device, struct pcipeek_reach *reach,
		       unsigned long when)
{
	unsigned int part, count = min_t(unsigned int, parts_of(device), PCIPEEK_REACH_PARTS);

	for (part = 0; part < count; part++)
		WRITE_ONCE(reach->asked[part], when);
}

u8 pcipeek_reach_ask(struct pcipeek_device *device, const struct pcipeek_bar *bar,
		     struct pcipeek_obstacle *obstacle)
{
	struct pcipeek_obstacle unused;
	unsigned long start = jiffies;
	u8 why = ask_everything(device, bar, obstacle ?: &unused);

	if (!why)
		note_asked(device, &device->reach[bar - device->bar], start);
	return why;
}

/* COMMAND and the part whose turn it is. */
static u8 ask_next(struct pcipeek_device *device, const struct pcipeek_bar *bar,
		   struct pcipeek_reach *reach, unsigned long now)
{
	u16 command = pcipeek_config_word(device->pdev, PCI_COMMAND);
	struct pcipeek_obstacle unused;
	unsigned int part = reach->next;
	u8 why;

	why = pcipeek_function_judge(device, bar, command, &unused);
	if (!why)
		why = ask_part(device, bar, part, &unused);
	if (why)
		return why;
	WRITE_ONCE(reach->asked[part], now);
	WRITE_ONCE(reach->next, part + 1 < parts_of(device) ? part + 1 : 0);
	return PCIPEEK_REACH_OK;
}

/* The parts are asked in turn, so the next one is the one that was asked the longest ago. */
static bool is_due(const struct pcipeek_device *device, const struct pcipeek_reach *reach,
		   unsigned long now)
{
	unsigned long oldest = READ_ONCE(reach->asked[READ_ONCE(reach->next)]);

	return parts_of(device) > PCIPEEK_REACH_PARTS || now - oldest >= PCIPEEK_REACH_JIFFIES;
}

u8 pcipeek_reach_ask_some(struct pcipeek_device *device, const struct pcipeek_bar *bar)
{
	struct pcipeek_reach *reach = &device->reach[bar - device->bar];
	unsigned long now = jiffies;
	u8 why;

	if (is_due(device, reach, now) || test_and_set_bit_lock(0, &reach->busy))
		return pcipeek_reach_ask(device, bar, NULL);
	why = ask_next(device, bar, reach, now);
	clear_bit_unlock(0, &reach->busy);
	return why ? pcipeek_reach_ask(device, bar, NULL) : PCIPEEK_REACH_OK;
}

u8 pcipeek_reach_ask_function(struct pcipeek_device *device)
{
	struct pcipeek_obstacle unused;
	unsigned int depth;
	u8 why = PCIPEEK_REACH_OK;

	if (pcipeek_config_word(device->pdev, PCI_COMMAND) == 0xffff)
		return PCIPEEK_REACH_SILENT;
	for (depth = 0; !why && depth < device->bridges; depth++)
		why = pcipeek_bridge_ask(bridge_at(device, depth), 0, &unused);
	why = why ?: ask_physfn(device, &unused);
	return why ?: pcipeek_ask_power(device->pdev, &unused);
}

void pcipeek_reach_forget(struct pcipeek_device *device)
{
	unsigned int i;

	for (i = 0; i < PCIPEEK_BAR_COUNT; i++) {
		if (device->bar[i].length)
			note_asked(device, &device->reach[i], jiffies - PCIPEEK_REACH_JIFFIES);
	}
}

/*
 * I/O that is not decoded is no obstacle to granting the rest: the kernel may have had no
 * ports for a board whose memory is all that counts.
 */
int pcipeek_reach_report(struct pcipeek_device *device)
{
	struct pcipeek_obstacle obstacle;
	unsigned int i;
	int err = 0;

	for (i = 0; i < PCIPEEK_BAR_COUNT; i++) {
		const struct pcipeek_bar *bar = &device->bar[i];
		u8 why = bar->length ? pcipeek_reach_ask(device, bar, &obstacle) : PCIPEEK_REACH_OK;

		if (!why || (why == PCIPEEK_REACH_DECODE_OFF && bar->kind == PCIPEEK_BAR_IO))
			continue;
		pcipeek_obstacle_log(device->pdev, i, &obstacle);
		err = -EIO;
	}
	return err;
}
