// SPDX-License-Identifier: GPL-2.0-only
// SPDX-FileCopyrightText: The pcipeek developers

#include "access.h"

#define CREATE_TRACE_POINTS
#include "trace.h"

void pcipeek_access_report_write(struct pcipeek_device *device)
{
	if (test_and_set_bit(0, &device->tainted))
		return;
	pci_warn(device->pdev, "pcipeek: %s (pid %d) writes to %s\n",
		 current->comm, task_pid_nr(current),
		 device->driver ? "a device that a driver has" :
				  "a device that was not given to it");
	add_taint(TAINT_USER, LOCKDEP_STILL_OK);
}

int pcipeek_access_enter_first(struct pcipeek_device *device,
			       struct pcipeek_bar *bar)
{
	int err = pcipeek_bar_map(device, bar);

	if (!err)
		err = pcipeek_guard_enter(device, bar);
	/* another file may have changed the mode meanwhile */
	if (!err && !pcipeek_bar_ready(bar)) {
		pcipeek_guard_leave(device);
		err = -EOPNOTSUPP;
	}
	return err;
}
