// SPDX-License-Identifier: GPL-2.0-only
// SPDX-FileCopyrightText: The pcipeek developers
/* What the kernel assigned, and so what the registers on the way to a BAR must hold. */

#include <linux/bitops.h>
#include <linux/ioport.h>

#include "device.h"

/* None on a machine that shows the virtual function alone, as in a guest. */
static void find_physfn(struct pcipeek_device *device, struct pci_dev *pdev)
{
	struct pci_dev *physfn = pdev->is_virtfn ? pci_physfn(pdev) : NULL;

	if (!physfn || physfn == pdev)
		return;
	device->sriov = pci_find_ext_capability(physfn, PCI_EXT_CAP_ID_SRIOV);
	if (device->sriov)
		device->physfn = physfn;
}

/*
 * Without the bits below the size, which are hard-wired to 0, and without those that the
 * kernel leaves alone when it reads a port's number.
 */
static u64 decoded_bits(const struct pcipeek_bar *bar)
{
	u64 mask = ~((1ULL << fls64(bar->length - 1)) - 1);

	if (!(bar->attributes & PCIPEEK_BAR_64BIT))
		mask &= 0xffffffff;
	if (bar->kind == PCIPEEK_BAR_IO)
		mask &= (u32)IO_SPACE_LIMIT;
	return mask;
}

/*
 * Exempt are fixed resources, which are those of enhanced allocation and of IDE in its
 * legacy mode, and functions whose BARs the hypervisor places. On s390 that is every
 * function: resources are handles of zPCI there (zpci_map_resources()).
 */
static bool decodes_by_register(const struct pcipeek_device *device, struct pci_dev *pdev,
				int index)
{
	if (IS_ENABLED(CONFIG_S390))
		return false;
	if (pci_resource_flags(pdev, index) & IORESOURCE_PCI_FIXED)
		return false;
	return device->physfn || !(pdev->no_command_memory || pdev->is_virtfn);
}

static void find_register(struct pcipeek_device *device, struct pci_dev *pdev, int index)
{
	struct pcipeek_reach *reach = &device->reach[index];
	struct pci_bus_region held = {.start = reach->first};

	if (!decodes_by_register(device, pdev, index))
		return;
	reach->at = PCI_BASE_ADDRESS_0 + 4 * index;
#ifdef CONFIG_PCI_IOV
	if (device->physfn) {
		struct pci_dev *physfn = device->physfn;

		reach->at = device->sriov + PCI_SRIOV_BAR + 4 * index;
		pcibios_resource_to_bus(physfn->bus, &held,
					&physfn->resource[PCI_IOV_RESOURCES + index]);
	}
#endif
	reach->held = held.start;
	reach->mask = decoded_bits(&device->bar[index]);
}

static void reach_describe(struct pcipeek_device *device, struct pci_dev *pdev, int index)
{
	struct pcipeek_reach *reach = &device->reach[index];
	struct pci_bus_region region;

	pcibios_resource_to_bus(pdev->bus, &region, &pdev->resource[index]);
	reach->first = region.start;
	reach->last = region.end;
	reach->windows = !(pci_resource_flags(pdev, index) & IORESOURCE_PCI_FIXED);
	find_register(device, pdev, index);
}

void pcipeek_reach_init(struct pcipeek_device *device)
{
	struct pci_dev *pdev = device->pdev;
	struct pci_dev *bridge = pdev;
	unsigned int i;

	find_physfn(device, pdev);
	while ((bridge = pci_upstream_bridge(bridge)))
		device->bridges++;
	for (i = 0; i < PCIPEEK_BAR_COUNT; i++) {
		if (device->bar[i].length)
			reach_describe(device, pdev, i);
	}
	pcipeek_reach_forget(device);
}
