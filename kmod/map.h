/* SPDX-License-Identifier: GPL-2.0-only */
/* SPDX-FileCopyrightText: The pcipeek developers */
/* Mappings of memory BARs of granted functions into user space. */
#ifndef PCIPEEK_MAP_H
#define PCIPEEK_MAP_H

#include <linux/fs.h>
#include <linux/pcipeek.h>

#include "device.h"
#include "file.h"

/*
 * All mappings are of one inode of our own, in which a page of a BAR stands at its
 * physical address; so one call takes away every mapping of a BAR.
 */
int pcipeek_map_init(void);
void pcipeek_map_exit(void);
struct address_space *pcipeek_map_space(void);

/* Which part of @bar can be mapped, and where: 0, 0 for none. */
void pcipeek_map_info(const struct pcipeek_device *device,
		      const struct pcipeek_bar *bar,
		      struct pcipeek_bar_info *info);

int pcipeek_map_mmap(struct file *filp, struct vm_area_struct *vma);

/* Take the mappings away; inside the guard for writing, the state changed. */
void pcipeek_map_revoke(struct pcipeek_device *device);

#endif
