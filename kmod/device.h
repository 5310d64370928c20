/* SPDX-License-Identifier: GPL-2.0-only */
/* SPDX-FileCopyrightText: The pcipeek developers */
/*
 * The record of a function that files can be attached to.
 *
 * Locks, outermost first: mmap_lock → a file's lock → map_lock, registry → guard;
 * device_lock (the driver core's) → registry → guard. Nothing of ours is taken
 * inside the guard.
 */
#ifndef PCIPEEK_DEVICE_H
#define PCIPEEK_DEVICE_H

#include <linux/kref.h>
#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/pci.h>
#include <linux/percpu-rwsem.h>
#include <linux/wait.h>

#include "bar.h"
#include "reach.h"
#include "batch_lock.h"
#include "validate.h"

struct pcipeek_file;

enum pcipeek_state {
	PCIPEEK_LIVE,
	PCIPEEK_RESET,
	PCIPEEK_LOST,
	PCIPEEK_ENDED,
};

/**
 * struct pcipeek_device - a granted function, or a foreign one under one binding
 * @guard: held for reading around every access, for writing to change @state
 * @state: written under @guard and the registry lock's or device_lock's order;
 *	final once PCIPEEK_ENDED
 * @generation: written under @guard
 * @unlocked: the jiffy in which the kernel was last seen not to be locked down
 * @pdev: a reference, valid until @state is PCIPEEK_ENDED
 * @limits: of @bar, for the checks; constant
 * @bar: the BAR table; constant but for the mappings
 * @reach: of @bar: what an access needs to get there
 * @physfn: of a virtual function, the physical one, as long as @pdev is valid; constant
 * @sriov: where its SR-IOV capability is; constant
 * @bridges: how many there are above it; constant
 * @map_lock: the mappings, and that they are gone
 * @granted: granted, not foreign; constant
 * @unmaskable: it has an interrupt pin that cannot be masked; constant
 * @driver: foreign: the driver beside which it was opened, or NULL; constant
 * @batch_lock: taken by batches that write
 * @events: woken when @state has become PCIPEEK_ENDED, or @generation another
 * @identity: what DEVICE_INFO tells of it for ever; constant
 * @noticed: foreign: PCIPEEK_END_* that an access found, or 0; final
 * @tainted: bit 0: a write to a foreign function was reported
 * @node: registry
 * @ending: somebody ends it; registry lock
 * @ended_pdev: which function an ended record was made for, to compare with and
 *	never to look into; registry lock
 * @end_reason: PCIPEEK_END_*; registry lock
 * @files: attached files; registry lock
 * @writers: those of @files that may write, if granted; registry lock
 * @masters: those of @writers that asked for bus mastering; registry lock, and
 *	read inside the guard
 * @exclusive: the file that holds it EXCLUSIVE; registry lock
 * @ref: the files', and probe's or the registry's
 */
struct pcipeek_device {
	struct percpu_rw_semaphore guard;
	enum pcipeek_state state;
	u64 generation;
	unsigned long unlocked;
	struct pci_dev *pdev;
	struct pcipeek_limits limits;
	struct pcipeek_bar bar[PCIPEEK_BAR_COUNT];

	struct pcipeek_reach reach[PCIPEEK_BAR_COUNT];
	struct pci_dev *physfn;
	u16 sriov;
	unsigned int bridges;

	struct mutex map_lock; /* the mappings, and that they are gone */
	bool granted;
	bool unmaskable;
	const struct device_driver *driver;
	struct pcipeek_batch_lock batch_lock;
	wait_queue_head_t events;
	struct pcipeek_device_info identity;
	u32 noticed;
	unsigned long tainted;

	struct list_head node;
	bool ending;
	const struct pci_dev *ended_pdev;
	u32 end_reason;
	unsigned int files;
	unsigned int writers;
	unsigned int masters;
	const struct pcipeek_file *exclusive;
	struct kref ref;
};

/* A BAR whose number was checked, also for a CPU that runs ahead of the check. */
static inline struct pcipeek_bar *
pcipeek_device_bar(struct pcipeek_device *device, unsigned int index)
{
	return &device->bar[array_index_nospec(index, PCIPEEK_BAR_COUNT)];
}

/* A record with one reference, of no function yet; or -ENOMEM. Waits for memory. */
struct pcipeek_device *pcipeek_device_make(void);
/* Make it the record of @pdev, live. Allocates nothing. */
void pcipeek_device_describe(struct pcipeek_device *device,
			     struct pci_dev *pdev, bool granted);
void pcipeek_device_put(struct pcipeek_device *device);

/*
 * From here on ENODEV, and no reference to the function is left. Once, by who set
 * @ending.
 */
void pcipeek_device_end(struct pcipeek_device *device);

/* A hint outside the guard, and the truth inside. */
static inline bool pcipeek_device_ended(const struct pcipeek_device *device)
{
	return READ_ONCE(device->state) == PCIPEEK_ENDED;
}

/*
 * Between these two the function answers EAGAIN; then it is another generation, and
 * bus mastering is on if a file asked for it.
 */
void pcipeek_device_pause(struct pcipeek_device *device);
void pcipeek_device_resume(struct pcipeek_device *device);
/* EIO, and no DMA, until it is resumed after all: the kernel could not recover it. */
void pcipeek_device_lose(struct pcipeek_device *device);

/* What BAR_INFO tells of the way to a BAR. */
void pcipeek_device_reach(struct pcipeek_device *device,
			  const struct pcipeek_bar *bar,
			  struct pcipeek_bar_info *info);

/* What DEVICE_INFO tells of the function; nothing of the file. */
void pcipeek_device_info(struct pcipeek_device *device,
			 struct pcipeek_device_info *info);

#endif
