// SPDX-License-Identifier: GPL-2.0-only
// SPDX-FileCopyrightText: The pcipeek developers

#include "guard.h"
#include "place.h"

void pcipeek_guard_forget(struct pcipeek_device *device)
{
	unsigned int i;

	for (i = 0; i < PCIPEEK_BAR_COUNT; i++)
		WRITE_ONCE(device->bar[i].asked, jiffies - 1);
	pcipeek_reach_forget(device);
}

int pcipeek_guard_flush(struct pcipeek_device *device)
{
	if (!pcipeek_reach_ask_function(device))
		return 0;
	pcipeek_guard_forget(device);
	return -EIO;
}

static int guard_note(struct pcipeek_device *device, struct pcipeek_bar *bar, unsigned long when,
		      u8 why)
{
	if (why) {
		pcipeek_guard_forget(device);
		return -EIO;
	}
	WRITE_ONCE(bar->asked, when);
	return 0;
}

static int guard_check_place(struct pcipeek_device *device, const struct pcipeek_bar *bar)
{
	return device->granted ? 0 : pcipeek_place_check(device, bar);
}

int pcipeek_guard_ask(struct pcipeek_device *device, struct pcipeek_bar *bar)
{
	unsigned long start = jiffies;
	int err = guard_check_place(device, bar);

	return err ?: guard_note(device, bar, start, pcipeek_reach_ask(device, bar, NULL));
}

int pcipeek_guard_ask_some(struct pcipeek_device *device,
			   struct pcipeek_bar *bar)
{
	unsigned long start = jiffies;
	int err = guard_check_place(device, bar);

	return err ?: guard_note(device, bar, start, pcipeek_reach_ask_some(device, bar));
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
