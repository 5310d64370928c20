/* SPDX-License-Identifier: GPL-2.0-only */
/* SPDX-FileCopyrightText: The pcipeek developers */
#ifndef PCIPEEK_FILE_H
#define PCIPEEK_FILE_H

#include <linux/fs.h>

/* What /dev/pcipeek does. */
extern const struct file_operations pcipeek_file_operations;

#endif
