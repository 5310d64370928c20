/* SPDX-License-Identifier: GPL-2.0-only */
/* SPDX-FileCopyrightText: The pcipeek developers */
/*
 * The guard of a function: who is inside may touch it. Inside: no user memory, no
 * allocation that can wait, no lock, no device_lock, and configuration space by
 * pci_read_config_*() only: the pci_user_*() kind sleeps while a reset blocks
 * configuration accesses, and that reset waits for the guard.
 *
 * An allocation that waits for memory waits for disks. Recovery from a bus error waits
 * for every guard below the port that reported it, and a disk there waits for the
 * recovery. The same holds for the registry lock, which every driver's bind and unbind
 * takes: allocate before either. The one call that can allocate inside,
 * vmf_insert_pfn(), runs without reclaim (map.c).
 */
#ifndef PCIPEEK_GUARD_H
#define PCIPEEK_GUARD_H

#include <linux/jiffies.h>

#include "device.h"

/*
 * Ask by configuration reads (reach.h) whether an access to the BAR can be answered. -EIO
 * if not; of a foreign function also what pcipeek_place_check() says. A yes holds for the
 * rest of the jiffy in which it was asked; a no holds for nothing. The first one asks
 * every register on the way, the second one a few of them.
 */
int pcipeek_guard_ask(struct pcipeek_device *device, struct pcipeek_bar *bar);
int pcipeek_guard_ask_some(struct pcipeek_device *device,
			   struct pcipeek_bar *bar);

/*
 * A configuration read of the function, which does not overtake the writes before it
 * (Documentation/driver-api/device-io.rst), and of the bridges above. -EIO if one of
 * them does not answer or sleeps.
 */
int pcipeek_guard_flush(struct pcipeek_device *device);

/* The next access asks for everything, even in this jiffy. */
void pcipeek_guard_forget(struct pcipeek_device *device);

/* -ENODEV, -EAGAIN or -EIO for a function that is not live */
int pcipeek_guard_state(const struct pcipeek_device *device);

/* Has a foreign function, which sysfs may resize, moved? */
bool pcipeek_guard_moved(const struct pcipeek_device *device,
			 const struct pcipeek_bar *bar);

static inline bool pcipeek_this_jiffy(unsigned long when)
{
	unsigned long now = jiffies;

	return when == now;
}

/*
 * What the kernel changes under locks of its own, which are not for us: an access just
 * before the change is one that came before it.
 */
static inline bool pcipeek_guard_offline(struct pci_dev *pdev)
{
	/* see above */
	return data_race(pci_channel_offline(pdev));
}

static inline bool pcipeek_guard_blocked(const struct pci_dev *pdev)
{
	/* see above */
	return data_race(!!pdev->block_cfg_access);
}

/* Is there a function that nobody keeps from answering? Loads only. */
static inline int pcipeek_guard_present(const struct pcipeek_device *device)
{
	if (unlikely(device->state != PCIPEEK_LIVE))
		return pcipeek_guard_state(device);
	if (unlikely(pcipeek_guard_offline(device->pdev)))
		return -EIO;
	return unlikely(pcipeek_guard_blocked(device->pdev)) ? -EAGAIN : 0;
}

/* Can it answer for this BAR? Loads only, but for one question each jiffy. */
static inline int pcipeek_guard_live(struct pcipeek_device *device,
				     struct pcipeek_bar *bar)
{
	int err = pcipeek_guard_present(device);

	if (unlikely(err))
		return err;
	if (likely(pcipeek_this_jiffy(READ_ONCE(bar->asked))))
		return 0;
	return pcipeek_guard_ask_some(device, bar);
}

static inline int pcipeek_guard_enter(struct pcipeek_device *device,
				      struct pcipeek_bar *bar)
{
	int err;

	percpu_down_read(&device->guard);
	err = pcipeek_guard_live(device, bar);
	if (unlikely(err))
		percpu_up_read(&device->guard);
	return err;
}

/* For what concerns no BAR. */
static inline int pcipeek_guard_enter_function(struct pcipeek_device *device)
{
	int err;

	percpu_down_read(&device->guard);
	err = pcipeek_guard_present(device);
	if (unlikely(err))
		percpu_up_read(&device->guard);
	return err;
}

static inline void pcipeek_guard_leave(struct pcipeek_device *device)
{
	percpu_up_read(&device->guard);
}

#endif
