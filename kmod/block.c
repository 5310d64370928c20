// SPDX-License-Identifier: GPL-2.0-only
// SPDX-FileCopyrightText: The pcipeek developers

#include <linux/sched/signal.h>
#include <linux/uaccess.h>

#include "block.h"
#include "file.h"
#include "rights.h"
#include "section.h"
#include "scratch.h"

/* No section is larger. */
#define SECTION_BYTES 4096
#define SECTION_MAX 1024
/* For blocks that are not worth more than the stack, and those that get no more. */
#define STACK_BYTES (sizeof(long) * 128)

/*
 * Can the buffer take what is read next? Asked before the device is, since what
 * a FIFO gave is lost when it cannot be stored. One section spans two pages at
 * most.
 */
static int probe_writable(u8 __user *buffer, size_t bytes)
{
	if (put_user(0, buffer) || put_user(0, buffer + bytes - 1))
		return -EFAULT;
	return 0;
}

static int block_run_section(struct pcipeek_file *file, struct pcipeek_section *section,
			     u8 __user *buffer)
{
	size_t bytes = section->count * section->width;
	int err;

	section->done = 0;
	err = pcipeek_rights_still_held(file, section->write, section->bar);
	if (err)
		return err;
	if (section->write) {
		if (copy_from_user(section->image, buffer, bytes))
			return -EFAULT;
		return pcipeek_section_run(file->device, section);
	}
	err = probe_writable(buffer, bytes);
	if (err)
		return err;
	err = pcipeek_section_run(file->device, section);
	bytes = section->done * section->width;
	if (copy_to_user(buffer, section->image, bytes)) {
		section->done = 0;
		return -EFAULT;
	}
	return err;
}

static int block_run(struct pcipeek_file *file, struct pcipeek_block *block, void *image, u32 most)
{
	struct pcipeek_section section = {
		.image = image,
		.generation = block->generation,
		.bar = block->bar,
		.width = block->width,
		.write = block->flags & PCIPEEK_BLOCK_WRITE,
		.fixed = block->flags & PCIPEEK_BLOCK_FIXED,
	};
	int err = 0;

	while (!err && block->done < block->count) {
		u64 moved = block->done * block->width;

		section.offset = block->offset + (section.fixed ? 0 : moved);
		/* what the clock cut short does not shift the next sections */
		section.count = min_t(u64, block->count - block->done,
				      most - (u32)block->done % most);
		if (signal_pending(current)) {
			err = -EINTR;
			break;
		}
		err = block_run_section(file, &section, u64_to_user_ptr(block->buffer + moved));
		block->done += section.done;
		cond_resched();
	}
	block->generation = section.generation;
	return err;
}

/* Apart, since compilers clear what is on the stack. */
static noinline int block_run_on_stack(struct pcipeek_file *file, struct pcipeek_block *block)
{
	u64 image[STACK_BYTES / sizeof(u64)];

	return block_run(file, block, image, sizeof(image) / block->width);
}

int pcipeek_block_run(struct pcipeek_file *file, struct pcipeek_block *block)
{
	void *scratch = NULL;
	int err;

	if (block->count * block->width > STACK_BYTES)
		scratch = pcipeek_scratch_take(file, SECTION_BYTES);
	if (!scratch)
		return block_run_on_stack(file, block);
	err = block_run(file, block, scratch, min(SECTION_BYTES / block->width, SECTION_MAX));
	pcipeek_scratch_leave(file, scratch, SECTION_BYTES);
	return err;
}
