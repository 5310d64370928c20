// SPDX-License-Identifier: GPL-2.0-only
// SPDX-FileCopyrightText: The pcipeek developers

#include "driver.h"
#include "master.h"

static void master_set(struct pcipeek_device *device, bool on)
{
	if (!pcipeek_driver_answers(device->pdev))
		return;
	if (on)
		pci_set_master(device->pdev);
	else
		pci_clear_master(device->pdev);
}

/*
 * Not during a reset, which saved the command word: it ends with pcipeek_master_restore().
 * One that is about to begin waits for the guard.
 */
static void master_set_if_live(struct pcipeek_device *device, bool on)
{
	percpu_down_read(&device->guard);
	if (device->state == PCIPEEK_LIVE)
		master_set(device, on);
	percpu_up_read(&device->guard);
}

/* Before the guard is entered: the end of a reset, inside, sees either this or our master_set(). */
static void master_count(struct pcipeek_device *device, int change)
{
	WRITE_ONCE(device->masters, device->masters + change);
}

void pcipeek_master_writer_comes(struct pcipeek_device *device,
				 const struct pcipeek_file *file)
{
	if (!device->granted)
		return;
	if (file->bus_master)
		master_count(device, 1);
	if (!device->writers++ || file->bus_master)
		master_set_if_live(device, file->bus_master);
}

void pcipeek_master_writer_goes(struct pcipeek_device *device,
				struct pcipeek_file *file)
{
	bool asked = file->bus_master;

	if (!device->granted)
		return;
	file->bus_master = false;
	if (asked)
		master_count(device, -1);
	device->writers--;
	if (device->masters || device->ending)
		return;
	if (asked || !device->writers)
		master_set_if_live(device, false);
}

u32 pcipeek_master_requests(const struct pcipeek_device *device,
			    const struct pcipeek_file *file)
{
	u32 state = 0;

	if (device->masters)
		state |= PCIPEEK_STATE_BUS_MASTER_REQUESTED;
	if (file->bus_master)
		state |= PCIPEEK_STATE_BUS_MASTER_HELD;
	return state;
}

void pcipeek_master_restore(struct pcipeek_device *device)
{
	if (device->state != PCIPEEK_ENDED)
		master_set(device, device->state == PCIPEEK_LIVE && READ_ONCE(device->masters));
}
