/* SPDX-License-Identifier: GPL-2.0-only */
/* SPDX-FileCopyrightText: The pcipeek developers */
#ifndef PCIPEEK_BLOCK_H
#define PCIPEEK_BLOCK_H

#include <linux/pcipeek.h>

#include "file.h"

/*
 * Run a validated BLOCK between the device and the caller's memory; sets @done
 * and @generation on every exit.
 */
int pcipeek_block_run(struct pcipeek_file *file, struct pcipeek_block *block);

#endif
