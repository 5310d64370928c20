/* SPDX-License-Identifier: GPL-2.0-only */
/* SPDX-FileCopyrightText: The pcipeek developers */
#ifndef PCIPEEK_RIGHTS_H
#define PCIPEEK_RIGHTS_H

#include <linux/fs.h>
#include <linux/pcipeek.h>

struct pcipeek_file;

/* -EPERM while the kernel is locked down; it may become so at any time. */
int pcipeek_rights_lockdown(void);

/* May the caller ask for this on this file? -EACCES, -EPERM */
int pcipeek_rights_attach(const struct file *filp,
			  const struct pcipeek_attach *attach);

/* Take rights away. -EINVAL, -EACCES, -EBUSY */
int pcipeek_rights_restrict(struct pcipeek_file *file,
			    const struct pcipeek_restrict *restrict_to);

#endif
