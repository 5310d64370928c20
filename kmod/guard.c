// SPDX-License-Identifier: GPL-2.0-only
// SPDX-FileCopyrightText: The pcipeek developers

#include "guard.h"
#include "place.h"

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

void pcipeek_guard_forget(struct pcipeek_device *device)
{
	unsigned int i;

	for (i = 0; i < PCIPEEK_BAR_COUNT; i++)
		WRITE_ONCE(device->bar[i].asked, jiffies - 1);
}

static int ask(struct pci_dev *pdev, u16 *command)
{
	if (pci_read_config_word(pdev, PCI_COMMAND, command) ||
	    *command == 0xffff || !awake(pdev))
		return -EIO;
	return 0;
}

/* A virtual function decodes by its physical function's word, not its own. */
static bool decodes(const struct pci_dev *pdev, const struct pcipeek_bar *bar,
		    u16 command)
{
	if (bar->kind == PCIPEEK_BAR_IO)
		return command & PCI_COMMAND_IO;
	return pdev->no_command_memory || command & PCI_COMMAND_MEMORY;
}

int pcipeek_guard_flush(struct pcipeek_device *device)
{
	u16 command;
	int err = ask(device->pdev, &command);

	if (err)
		pcipeek_guard_forget(device);
	return err;
}

int pcipeek_guard_ask(struct pcipeek_device *device, struct pcipeek_bar *bar)
{
	unsigned long start = jiffies;
	u16 command;
	int err = device->given ? 0 : pcipeek_place_check(device, bar);

	if (err)
		return err;
	err = ask(device->pdev, &command);
	if (!err && !decodes(device->pdev, bar, command))
		err = -EIO;
	if (err)
		pcipeek_guard_forget(device);
	else
		WRITE_ONCE(bar->asked, start);
	return err;
}

/*
 * A bus error takes the function off the bus until the kernel has recovered it; if
 * that fails nobody is told, and there is no end to wait for.
 */
int pcipeek_guard_state(const struct pcipeek_device *device)
{
	if (device->state == PCIPEEK_LOST)
		return -EIO;
	if (device->state != PCIPEEK_RESET)
		return -ENODEV;
	return pcipeek_guard_offline(device->pdev) ? -EIO : -EAGAIN;
}

/* sysfs moves it under no lock of ours; half moved counts as moved. */
bool pcipeek_guard_moved(const struct pcipeek_device *device,
			 const struct pcipeek_bar *bar)
{
	unsigned int index = bar - device->bar;

	/* see above */
	return data_race(pci_resource_start(device->pdev, index) != bar->start ||
			 pci_resource_len(device->pdev, index) != bar->length);
}
