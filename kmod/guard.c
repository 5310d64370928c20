// SPDX-License-Identifier: GPL-2.0-only
// SPDX-FileCopyrightText: The pcipeek developers

#include "guard.h"

/* A virtual function decodes by its physical function's word, not its own. */
static bool decodes(const struct pci_dev *pdev, const struct pcipeek_bar *bar,
		    u16 command)
{
	if (bar->kind == PCIPEEK_BAR_IO)
		return command & PCI_COMMAND_IO;
	return pdev->no_command_memory || command & PCI_COMMAND_MEMORY;
}

/*
 * PMCSR and not pdev->current_state: that is PCI_UNKNOWN on a function that never
 * had a driver. In D3cold every configuration read gives all ones.
 */
static bool awake(struct pci_dev *pdev)
{
	u16 pmcsr;

	if (!pdev->pm_cap)
		return true;
	if (pci_read_config_word(pdev, pdev->pm_cap + PCI_PM_CTRL, &pmcsr))
		return false;
	return !(pmcsr & PCI_PM_CTRL_STATE_MASK);
}

int pcipeek_guard_ask(struct pcipeek_device *device,
		      const struct pcipeek_bar *bar)
{
	struct pci_dev *pdev = device->pdev;
	unsigned long now = jiffies;
	u16 command;

	if (pci_read_config_word(pdev, PCI_COMMAND, &command))
		return -EIO;
	if (command == 0xffff || !decodes(pdev, bar, command) || !awake(pdev))
		return -EIO;
	WRITE_ONCE(device->asked[pcipeek_space(bar)], now);
	return 0;
}

int pcipeek_guard_state(const struct pcipeek_device *device)
{
	return device->state == PCIPEEK_RESET ? -EAGAIN : -ENODEV;
}

bool pcipeek_guard_moved(const struct pcipeek_device *device,
			 const struct pcipeek_bar *bar)
{
	unsigned int index = bar - device->bar;

	return pci_resource_start(device->pdev, index) != bar->start ||
	       pci_resource_len(device->pdev, index) != bar->length;
}
