// SPDX-License-Identifier: GPL-2.0-only
// SPDX-FileCopyrightText: The pcipeek developers

#include <linux/mm.h>
#include <linux/slab.h>

#include "file.h"
#include "scratch.h"

/* A file keeps so much: the operations of a batch of 256. */
#define SPARE_BYTES 16384

void *pcipeek_scratch_take(struct pcipeek_file *file, size_t bytes)
{
	void *memory = NULL;

	if (bytes <= SPARE_BYTES)
		memory = xchg(&file->scratch, NULL);
	return memory ?: kvmalloc(max_t(size_t, bytes, SPARE_BYTES),
				  GFP_KERNEL_ACCOUNT);
}

void pcipeek_scratch_leave(struct pcipeek_file *file, void *memory, size_t bytes)
{
	if (memory && bytes <= SPARE_BYTES)
		memory = xchg(&file->scratch, memory);
	kvfree(memory);
}
