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

/*
 * Which spaces answer: what is returned is true now; what is stamped stays true for
 * the rest of this jiffy, and the other ones ask again.
 */
static unsigned int note(struct pcipeek_device *device, unsigned int spaces)
{
	unsigned long now = jiffies;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(device->asked); i++)
		WRITE_ONCE(device->asked[i], spaces & BIT(i) ? now : now - 1);
	return spaces;
}

/* A virtual function decodes by its physical function's word, not its own. */
static int ask(struct pcipeek_device *device)
{
	struct pci_dev *pdev = device->pdev;
	unsigned int spaces = 0;
	u16 command;

	if (pci_read_config_word(pdev, PCI_COMMAND, &command) ||
	    command == 0xffff || !awake(pdev)) {
		note(device, 0);
		return -EIO;
	}
	if (pdev->no_command_memory || command & PCI_COMMAND_MEMORY)
		spaces |= BIT(PCIPEEK_SPACE_MEMORY);
	if (command & PCI_COMMAND_IO)
		spaces |= BIT(PCIPEEK_SPACE_IO);
	return note(device, spaces);
}

int pcipeek_guard_flush(struct pcipeek_device *device)
{
	int spaces = ask(device);

	return spaces < 0 ? spaces : 0;
}

int pcipeek_guard_ask(struct pcipeek_device *device,
		      const struct pcipeek_bar *bar)
{
	int spaces = ask(device);

	if (spaces < 0)
		return spaces;
	return spaces & BIT(pcipeek_space(bar)) ? 0 : -EIO;
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
