/* SPDX-License-Identifier: GPL-2.0-only */
/* SPDX-FileCopyrightText: The pcipeek developers */
#ifndef PCIPEEK_FILE_H
#define PCIPEEK_FILE_H

#include <linux/fs.h>
#include <linux/mutex.h>

struct pcipeek_device;

/**
 * struct pcipeek_file - an open file of /dev/pcipeek
 * @device: the function that it is attached to, with a reference, or NULL; set
 *	once, after the rest
 * @rights: PCIPEEK_RIGHT_*; written with @lock, and only fewer
 * @mapped: the rights that its mappings were made with; @lock
 * @scratch: memory that a call left to the next one, or NULL; taken by xchg()
 * @seen: the generation that DEVICE_INFO told last
 * @bus_master: it keeps bus mastering on; registry lock
 * @lock: RESTRICT and mmap() exclude each other
 */
struct pcipeek_file {
	struct pcipeek_device *device;
	u64 rights;
	u64 mapped;
	u64 seen;
	void *scratch;
	bool bus_master;
	struct mutex lock; /* RESTRICT and mmap() exclude each other */
};

/* NULL before ATTACH */
static inline struct pcipeek_device *
pcipeek_file_device(const struct pcipeek_file *file)
{
	/* pairs with the release in the registry's registry_join() */
	return smp_load_acquire(&file->device);
}

/* What /dev/pcipeek does. */
extern const struct file_operations pcipeek_file_operations;

#endif
