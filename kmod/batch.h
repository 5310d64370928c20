/* SPDX-License-Identifier: GPL-2.0-only */
/* SPDX-FileCopyrightText: The pcipeek developers */
#ifndef PCIPEEK_BATCH_H
#define PCIPEEK_BATCH_H

#include <linux/pcipeek.h>

#include "file.h"

/*
 * Run a BATCH with the operations in the caller's memory; sets @done and
 * @generation on every exit.
 */
int pcipeek_batch_run(struct pcipeek_file *file, struct pcipeek_batch *batch);

#endif
