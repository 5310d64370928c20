/* SPDX-License-Identifier: GPL-2.0-only */
/* SPDX-FileCopyrightText: The pcipeek developers */
/*
 * Memory of a call, which the file keeps for its next one: to get it, and to have the
 * kernel clear it, takes longer than a call of usual size.
 */
#ifndef PCIPEEK_SCRATCH_H
#define PCIPEEK_SCRATCH_H

#include <linux/types.h>

struct pcipeek_file;

/* @bytes of it, NULL if there are none; what is in it is not said. */
void *pcipeek_scratch_take(struct pcipeek_file *file, size_t bytes);
/* Give it back; NULL does nothing. */
void pcipeek_scratch_leave(struct pcipeek_file *file, void *memory, size_t bytes);

#endif
