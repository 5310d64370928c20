/* SPDX-License-Identifier: GPL-2.0-only */
/* SPDX-FileCopyrightText: The pcipeek developers */
/* All commands but READ and WRITE. */
#ifndef PCIPEEK_COMMAND_H
#define PCIPEEK_COMMAND_H

#include <linux/fs.h>

/*
 * Run @cmd with the argument at @user. ENOTTY: there is no such command. In a file of its
 * own, so that READ and WRITE need no stack for arguments that they do not have.
 */
long pcipeek_command(struct file *filp, unsigned int cmd, void __user *user);

#endif
