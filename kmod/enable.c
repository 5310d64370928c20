// SPDX-License-Identifier: GPL-2.0-only
// SPDX-FileCopyrightText: The pcipeek developers

#include <linux/ioport.h>

#include "bar.h"
#include "enable.h"

#define KINDS (IORESOURCE_MEM | IORESOURCE_IO)

int pcipeek_enable_assigned(struct pci_dev *pdev)
{
	int i, bars = 0;

	for (i = 0; i < PCIPEEK_BAR_COUNT; i++) {
		if (pcipeek_bar_assigned(pdev, i))
			bars |= 1 << i;
	}
	return bars;
}

/* The kinds of the BARs in @bars. */
static unsigned long kinds_of(struct pci_dev *pdev, int bars)
{
	unsigned long kinds = 0;
	int i;

	for (i = 0; i < PCIPEEK_BAR_COUNT; i++) {
		if (bars & 1 << i)
			kinds |= pci_resource_flags(pdev, i) & KINDS;
	}
	return kinds;
}

/* What the register of a BAR without an address holds. */
static void read_register(struct pci_dev *pdev, int index,
			  struct pci_bus_region *region)
{
	bool io = pci_resource_flags(pdev, index) & IORESOURCE_IO;
	int at = PCI_BASE_ADDRESS_0 + 4 * index;
	u32 low, high = 0;

	pci_read_config_dword(pdev, at, &low);
	if (pci_resource_flags(pdev, index) & IORESOURCE_MEM_64)
		pci_read_config_dword(pdev, at + 4, &high);
	low &= io ? (u32)PCI_BASE_ADDRESS_IO_MASK : (u32)PCI_BASE_ADDRESS_MEM_MASK;
	region->start = (u64)high << 32 | low;
	region->end = region->start + pci_resource_len(pdev, index) - 1;
}

/*
 * A BAR without an address decodes nevertheless, at whatever its register holds.
 * Claims that range: it must be nobody else's, and stay so. A range in none of the
 * bus' windows is looked up among all the machine's, memory included.
 */
static int claim_stray(struct grant *grant, int index)
{
	struct resource *stray = &grant->stray[index];
	struct pci_dev *pdev = grant->pdev;
	struct resource *window, *root;
	struct pci_bus_region region;

	read_register(pdev, index, &region);
	stray->name = "pcipeek, BAR without an address";
	stray->flags = pci_resource_flags(pdev, index) &
		       (KINDS | IORESOURCE_PREFETCH | IORESOURCE_MEM_64);
	pcibios_bus_to_resource(pdev->bus, stray, &region);
	window = pci_find_parent_resource(pdev, stray);
	root = stray->flags & IORESOURCE_IO ? &ioport_resource : &iomem_resource;
	if (!request_resource(window ?: root, stray))
		return 0;
	pci_err(pdev, "BAR %d has no address, and what its register holds, %pR, belongs to something else\n",
		index, stray);
	return -EADDRNOTAVAIL;
}

static void release_strays(struct grant *grant)
{
	int i;

	for (i = 0; i < PCIPEEK_BAR_COUNT; i++) {
		if (grant->stray[i].parent)
			release_resource(&grant->stray[i]);
	}
}

static int claim_strays(struct grant *grant, int bars)
{
	int i, err = 0;

	for (i = 0; i < PCIPEEK_BAR_COUNT && !err; i++) {
		if (bars & 1 << i)
			err = claim_stray(grant, i);
	}
	if (err)
		release_strays(grant);
	return err;
}

static void set_command(struct pci_dev *pdev, u16 bit)
{
	u16 command;

	pci_read_config_word(pdev, PCI_COMMAND, &command);
	pci_write_config_word(pdev, PCI_COMMAND, command | bit);
}

/* Of a kind that the kernel does not enable, since one of its BARs has no address. */
static int enable_decode(struct grant *grant, unsigned long kind, int lacking)
{
	u16 bit = kind == IORESOURCE_IO ? PCI_COMMAND_IO : PCI_COMMAND_MEMORY;
	int i, err, strays = 0;

	for (i = 0; i < PCIPEEK_BAR_COUNT; i++) {
		if (lacking & 1 << i && kinds_of(grant->pdev, 1 << i) == kind)
			strays |= 1 << i;
	}
	err = claim_strays(grant, strays);
	if (err)
		return err;
	set_command(grant->pdev, bit);
	return 0;
}

/* Decoding and INTx as they were; bus mastering stays off. */
static void restore_command(struct grant *grant)
{
	u16 decode = PCI_COMMAND_IO | PCI_COMMAND_MEMORY;
	struct pci_dev *pdev = grant->pdev;
	u16 before = grant->command;
	u16 command;

	if (!(before & PCI_COMMAND_INTX_DISABLE))
		pci_check_and_unmask_intx(pdev);
	if (pci_is_enabled(pdev))
		return; /* somebody else enabled it, too */
	pci_read_config_word(pdev, PCI_COMMAND, &command);
	if (command != 0xffff)
		pci_write_config_word(pdev, PCI_COMMAND,
				      (command & ~decode) | (before & decode));
}

/* As the kernel does for a function that it enables: nothing is forwarded otherwise. */
static int enable_bridges_above(struct pci_dev *pdev)
{
	struct pci_dev *bridge = pci_upstream_bridge(pdev);
	int err;

	if (!bridge || pci_is_enabled(bridge))
		return 0;
	err = pci_enable_device(bridge);
	if (!err)
		pci_set_master(bridge);
	return err;
}

/*
 * Enables a function for port I/O alone. 6.1 has pci_enable_device_io() for that (see
 * drivers/pci/pci.c there for what it does), 6.12 does not, and what is left refuses a
 * function with a memory BAR that has no address. pci_disable_device() undoes it.
 */
static int enable_io(struct pci_dev *pdev)
{
	int err = enable_bridges_above(pdev);

	if (err)
		return err;
	if (atomic_inc_return(&pdev->enable_cnt) > 1)
		return 0;
	err = pci_set_power_state(pdev, PCI_D0);
	if (err < 0 && err != -EIO) { /* EIO: it has no power management */
		atomic_dec(&pdev->enable_cnt);
		return err;
	}
	if (kinds_of(pdev, pcipeek_enable_assigned(pdev)) & IORESOURCE_IO)
		set_command(pdev, PCI_COMMAND_IO);
	return 0;
}

/* By the function that does not look at the kind of which a BAR has no address. */
static int enable_function(struct pci_dev *pdev, unsigned long lacking)
{
	switch (lacking) {
	case 0:
		return pci_enable_device(pdev) ? pci_enable_device_mem(pdev) : 0;
	case IORESOURCE_IO:
		return pci_enable_device_mem(pdev);
	case IORESOURCE_MEM:
		return enable_io(pdev);
	default:
		pci_err(pdev, "both a memory BAR and an I/O BAR have no address\n");
		return -EADDRNOTAVAIL;
	}
}

static int bars_without_address(struct pci_dev *pdev)
{
	int assigned = pcipeek_enable_assigned(pdev);
	int i, bars = 0;

	for (i = 0; i < PCIPEEK_BAR_COUNT; i++) {
		if (assigned & 1 << i ||
		    !pcipeek_bar_exists(pci_resource_flags(pdev, i)))
			continue;
		pci_warn(pdev, "BAR %d has no address; the other BARs are served\n", i);
		bars |= 1 << i;
	}
	return bars;
}

int pcipeek_enable(struct grant *grant)
{
	struct pci_dev *pdev = grant->pdev;
	int bars = bars_without_address(pdev);
	unsigned long lacking = kinds_of(pdev, bars);
	unsigned long wanted = kinds_of(pdev, pcipeek_enable_assigned(pdev));
	int err;

	pci_read_config_word(pdev, PCI_COMMAND, &grant->command);
	err = enable_function(pdev, lacking);
	if (err || !(wanted & lacking))
		return err;
	err = enable_decode(grant, lacking, bars);
	if (err)
		pcipeek_disable(grant);
	return err;
}

void pcipeek_disable(struct grant *grant)
{
	pci_disable_device(grant->pdev);
	restore_command(grant);
	release_strays(grant);
}
