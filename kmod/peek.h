/* SPDX-License-Identifier: GPL-2.0-only */
/* SPDX-FileCopyrightText: The pcipeek developers */
#ifndef PCIPEEK_PEEK_H
#define PCIPEEK_PEEK_H

#include <linux/fs.h>
#include <linux/pcipeek.h>

/* READ and WRITE: what their ioctl returns. */
long pcipeek_peek(struct file *filp, struct pcipeek_access __user *user);
long pcipeek_poke(struct file *filp, const struct pcipeek_access __user *user);

#endif
