/* SPDX-License-Identifier: GPL-2.0-only */
/* SPDX-FileCopyrightText: The pcipeek developers */
#ifndef PCIPEEK_RIGHTS_H
#define PCIPEEK_RIGHTS_H

#include <linux/fs.h>
#include <linux/pcipeek.h>

#include "guard.h"

struct pcipeek_file;

/* -EPERM while the kernel is locked down; it may become so at any time. */
int pcipeek_rights_lockdown(void);
/* The same, asked once a jiffy. */
static inline int pcipeek_rights_unlocked(struct pcipeek_device *device)
{
	int err;

	if (likely(pcipeek_this_jiffy(READ_ONCE(device->unlocked))))
		return 0;
	err = pcipeek_rights_lockdown();
	if (!err)
		WRITE_ONCE(device->unlocked, jiffies);
	return err;
}

/* May the caller ask for this on this file? -EACCES, -EPERM */
int pcipeek_rights_attach(const struct file *filp,
			  const struct pcipeek_attach *attach);

/* RESTRICT and lockdown reach what is running, too: may it go on? -EACCES, -EPERM */
int pcipeek_rights_still_held(const struct pcipeek_file *file, bool write,
			      u8 bar);

/* Take rights away. -EINVAL, -EACCES, -EBUSY */
int pcipeek_rights_restrict(struct pcipeek_file *file,
			    const struct pcipeek_restrict *restrict_to);

#endif
