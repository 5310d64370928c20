// SPDX-License-Identifier: GPL-2.0-only
// SPDX-FileCopyrightText: The pcipeek developers

#include "guard.h"

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

/* Which spaces answer, for the rest of this jiffy; the other ones ask again. */
static void note(struct pcipeek_device *device, bool memory, bool io)
{
	unsigned long now = jiffies;

	WRITE_ONCE(device->asked[0], memory ? now : now - 1);
	WRITE_ONCE(device->asked[1], io ? now : now - 1);
}

/* A virtual function decodes by its physical function's word, not its own. */
int pcipeek_guard_flush(struct pcipeek_device *device)
{
	struct pci_dev *pdev = device->pdev;
	u16 command;

	if (pci_read_config_word(pdev, PCI_COMMAND, &command) ||
	    command == 0xffff || !awake(pdev)) {
		note(device, false, false);
		return -EIO;
	}
	note(device, pdev->no_command_memory || command & PCI_COMMAND_MEMORY,
	     command & PCI_COMMAND_IO);
	return 0;
}

int pcipeek_guard_ask(struct pcipeek_device *device,
		      const struct pcipeek_bar *bar)
{
	unsigned long start = jiffies;
	int err = pcipeek_guard_flush(device);

	if (err)
		return err;
	/* at @start or later is good, though a jiffy may have passed since */
	return time_after_eq(READ_ONCE(device->asked[pcipeek_space(bar)]),
			     start) ?
		       0 :
		       -EIO;
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
