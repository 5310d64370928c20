// SPDX-License-Identifier: GPL-2.0-only
// SPDX-FileCopyrightText: The pcipeek developers

#include "validate.h"

/* For granted functions only, and only with WRITE. */
#define WRITERS_FLAGS (PCIPEEK_ATTACH_EXCLUSIVE | PCIPEEK_ATTACH_BUS_MASTER)
#define ATTACH_FLAGS (PCIPEEK_ATTACH_FOREIGN | WRITERS_FLAGS)
#define RIGHTS \
	(PCIPEEK_RIGHT_ALL_BARS | PCIPEEK_RIGHT_WRITE | PCIPEEK_RIGHT_MMAP)
#define BLOCK_FLAGS (PCIPEEK_BLOCK_WRITE | PCIPEEK_BLOCK_FIXED)

int pcipeek_check_version(const struct pcipeek_version *version)
{
	return version->flags || version->reserved ? -EINVAL : 0;
}

int pcipeek_check_attach(const struct pcipeek_attach *attach)
{
	if (attach->flags & ~ATTACH_FLAGS || attach->rights & ~RIGHTS)
		return -EINVAL;
	if (attach->reserved0 || attach->reserved1)
		return -EINVAL;
	if (attach->flags & WRITERS_FLAGS) {
		if (attach->flags & PCIPEEK_ATTACH_FOREIGN)
			return -EINVAL;
		if (!(attach->rights & PCIPEEK_RIGHT_WRITE))
			return -EINVAL;
	}
	if (attach->flags & PCIPEEK_ATTACH_FOREIGN &&
	    attach->rights & PCIPEEK_RIGHT_MMAP)
		return -EINVAL;
	return 0;
}

int pcipeek_check_restrict(const struct pcipeek_restrict *restrict_to,
			   u64 rights)
{
	if (restrict_to->flags || restrict_to->rights & ~RIGHTS)
		return -EINVAL;
	return restrict_to->rights & ~rights ? -EACCES : 0;
}

int pcipeek_check_device_info(const struct pcipeek_device_info *info)
{
	return info->flags || info->reserved0 || info->reserved1 ? -EINVAL : 0;
}

int pcipeek_check_bar_info(const struct pcipeek_bar_info *info,
			   const struct pcipeek_limits *limits)
{
	if (info->flags || info->reserved0 || info->reserved1)
		return -EINVAL;
	return pcipeek_check_bar(info->bar, limits);
}

static int check_block_form(const struct pcipeek_block *block)
{
	if (block->flags & ~BLOCK_FLAGS || block->reserved || block->stride)
		return -EINVAL;
	return 0;
}

/* How much of the BAR it needs. */
static u64 block_span(const struct pcipeek_block *block)
{
	if (block->flags & PCIPEEK_BLOCK_FIXED)
		return block->count ? block->width : 0;
	return block->count * block->width;
}

int pcipeek_check_block(const struct pcipeek_block *block, u64 rights,
			const struct pcipeek_limits *limits)
{
	u64 write = block->flags & PCIPEEK_BLOCK_WRITE ? PCIPEEK_RIGHT_WRITE : 0;
	u8 bar;
	int err;

	err = check_block_form(block);
	if (!err)
		err = pcipeek_check_right(rights, write, block->bar);
	if (!err)
		err = pcipeek_check_bar(block->bar, limits);
	if (err)
		return err;
	bar = array_index_nospec(block->bar, PCIPEEK_BAR_COUNT);
	if (!pcipeek_is_width(block->width) ||
	    block->width > limits->bar[bar].max_width)
		return pcipeek_refuse_width(block->width, limits->bar[bar].length);
	/* the limit first: below it, count * width cannot wrap */
	if (block->count > PCIPEEK_BLOCK_MAX_BYTES / block->width)
		return -E2BIG;
	return pcipeek_check_range(block->offset, block_span(block), block->width,
				   limits->bar[bar].length);
}

int pcipeek_check_bar_mode(const struct pcipeek_bar_mode *mode, u64 rights,
			   const struct pcipeek_limits *limits)
{
	int err;

	if (mode->flags || mode->reserved0 || mode->reserved1)
		return -EINVAL;
	if (mode->mode > PCIPEEK_BAR_MODE_WC)
		return -EINVAL;
	err = pcipeek_check_right(rights,
				  PCIPEEK_RIGHT_WRITE | PCIPEEK_RIGHT_MMAP,
				  mode->bar);
	return err ?: pcipeek_check_bar(mode->bar, limits);
}
