/* SPDX-License-Identifier: GPL-2.0-only */
/* SPDX-FileCopyrightText: The pcipeek developers */
/*
 * The record of a function that somebody can have a window on, and the registry
 * of all records.
 *
 * Locks, outermost first: device_lock (the driver core's) → registry → map_lock;
 * registry → guard. Nothing is taken inside the guard.
 */
#ifndef PCIPEEK_DEVICE_H
#define PCIPEEK_DEVICE_H

#include <linux/kref.h>
#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/pci.h>
#include <linux/percpu-rwsem.h>

#include "bar.h"
#include "validate.h"

enum pcipeek_state {
	PCIPEEK_LIVE,
	PCIPEEK_RESET,
	PCIPEEK_ENDED,
};

/**
 * struct pcipeek_device - a given function, or a shared one under one binding
 * @guard: held for reading around every access, for writing to change @state
 * @state: written under @guard and the registry lock's or device_lock's order;
 *	final once PCIPEEK_ENDED
 * @generation: written under @guard
 * @asked: the jiffy in which the function last said that it decodes memory [0],
 *	I/O [1]; racing writers write the same
 * @pdev: a reference, valid until @state is PCIPEEK_ENDED
 * @limits: of @bar, for the checks; constant
 * @bar: the BAR table; constant but for the mappings
 * @map_lock: the mappings, and that they are gone
 * @given: given, not shared; constant
 * @driver: shared: the driver that it is shared with, or NULL; constant
 * @identity: what DEVICE_INFO tells of it for ever; constant
 * @tainted: bit 0: a write to a shared function was reported
 * @node: registry
 * @ending: somebody ends it; registry lock
 * @ghost: which function an ended record was given of, to compare with and
 *	never to look into; registry lock
 * @end_reason: PCIPEEK_END_*; registry lock
 * @files: attached files; registry lock
 * @exclusive: the file that holds it EXCLUSIVE; registry lock
 * @ref: the files', and probe's or the registry's
 */
struct pcipeek_device {
	struct percpu_rw_semaphore guard;
	enum pcipeek_state state;
	u64 generation;
	unsigned long asked[2];
	struct pci_dev *pdev;
	struct pcipeek_limits limits;
	struct pcipeek_bar bar[PCIPEEK_BAR_COUNT];

	struct mutex map_lock;
	bool given;
	const struct device_driver *driver;
	struct pcipeek_device_info identity;
	unsigned long tainted;

	struct list_head node;
	bool ending;
	const struct pci_dev *ghost;
	u32 end_reason;
	unsigned int files;
	const struct pcipeek_file *exclusive;
	struct kref ref;
};

/**
 * struct pcipeek_file - an open file of /dev/pcipeek
 * @device: the function that it is attached to, with a reference, or NULL; set
 *	once, with release semantics, after the rest
 * @rights: PCIPEEK_RIGHT_*
 */
struct pcipeek_file {
	struct pcipeek_device *device;
	u64 rights;
};

/* Make the record of a given function, in probe. */
struct pcipeek_device *pcipeek_device_give(struct pci_dev *pdev);
/* Take it back, in remove. The record stays with the files that have it. */
void pcipeek_device_take(struct pcipeek_device *device);

/* Between these two the function answers EAGAIN; then it is another generation. */
void pcipeek_device_pause(struct pcipeek_device *device);
void pcipeek_device_resume(struct pcipeek_device *device);

/* A file comes, and goes. */
int pcipeek_device_attach(struct pcipeek_file *file,
			  const struct pcipeek_attach *want);
void pcipeek_device_detach(struct pcipeek_file *file);

void pcipeek_device_info(const struct pcipeek_file *file,
			 struct pcipeek_device_info *info);

/* Follow what happens to functions that are not ours. */
int pcipeek_device_watch(void);
void pcipeek_device_unwatch(void);

#endif
