// SPDX-License-Identifier: GPL-2.0-only
// SPDX-FileCopyrightText: The pcipeek developers

#include "access.h"
#include "doubt.h"
#include "place.h"

#define CREATE_TRACE_POINTS
#include "trace.h"

/* Once for each foreign function: from here on, its driver may be surprised. */
static void report_write(struct pcipeek_device *device)
{
	if (test_and_set_bit(0, &device->tainted))
		return;
	pci_warn(device->pdev, "pcipeek: %s (pid %d) writes to %s\n",
		 current->comm, task_pid_nr(current),
		 device->driver ? "a device that a driver has" :
				  "a device that was not granted to it");
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

/*
 * The BAR of a foreign function may be moved at any time, by somebody who waits for
 * nobody. Until this access nothing preempts us, and what was read while it moved is
 * seen to be nothing afterwards.
 */
struct pcipeek_taken
pcipeek_access_take_foreign(struct pcipeek_device *device,
			    const struct pcipeek_bar *bar, u64 offset, u8 width)
{
	struct pcipeek_taken taken = {};

	preempt_disable();
	taken.err = pcipeek_place_check(device, bar);
	if (!taken.err) {
		taken.value = pcipeek_load(bar, offset, width, &taken.ones);
		trace_pcipeek_access(device, bar - device->bar, offset, width,
				     taken.value, false);
		taken.err = pcipeek_place_check(device, bar);
	}
	preempt_enable();
	return taken;
}

int pcipeek_access_store_foreign(struct pcipeek_device *device,
				 const struct pcipeek_bar *bar, u64 offset,
				 u8 width, u64 value)
{
	int err;

	report_write(device);
	preempt_disable();
	err = pcipeek_place_check(device, bar);
	if (!err) {
		trace_pcipeek_access(device, bar - device->bar, offset, width,
				     value, true);
		pcipeek_store(bar, offset, width, value);
	}
	preempt_enable();
	return err;
}

int pcipeek_doubt_question(struct pcipeek_doubt *doubt)
{
	return pcipeek_guard_ask(doubt->device, doubt->bar);
}

unsigned long pcipeek_doubt_jiffy(void)
{
	return jiffies;
}
