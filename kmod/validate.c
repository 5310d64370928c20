// SPDX-License-Identifier: GPL-2.0-only
// SPDX-FileCopyrightText: The pcipeek developers

#include "validate.h"

#define ATTACH_FLAGS (PCIPEEK_ATTACH_SHARED | PCIPEEK_ATTACH_EXCLUSIVE)
#define RIGHTS \
	(PCIPEEK_RIGHT_ALL_BARS | PCIPEEK_RIGHT_WRITE | PCIPEEK_RIGHT_MMAP)
#define BLOCK_FLAGS (PCIPEEK_BLOCK_WRITE | PCIPEEK_BLOCK_FIXED)

int pcipeek_check_right(u64 rights, u64 needed, u8 bar)
{
	if (bar < PCIPEEK_BAR_COUNT)
		needed |= PCIPEEK_RIGHT_BAR(bar);
	return (rights & needed) == needed ? 0 : -EACCES;
}

static int check_bar(u8 bar, const struct pcipeek_limits *limits)
{
	if (bar >= PCIPEEK_BAR_COUNT)
		return -ENXIO;
	bar = array_index_nospec(bar, PCIPEEK_BAR_COUNT);
	return limits->bar[bar].length ? 0 : -ENXIO;
}

static int check_width(u8 width, u8 max_width)
{
	if (width != 1 && width != 2 && width != 4 && width != 8)
		return -EINVAL;
	return width <= max_width ? 0 : -EOPNOTSUPP;
}

static bool fits(u64 value, u8 width)
{
	return width == 8 || value >> (8 * width) == 0;
}

/* @bytes from @offset, the first access naturally aligned: inside the BAR? */
static int check_range(u64 offset, u64 bytes, u8 width, u64 length)
{
	if (offset > length || bytes > length - offset)
		return -ERANGE;
	return offset & (width - 1) ? -EINVAL : 0;
}

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
	if (attach->flags & PCIPEEK_ATTACH_EXCLUSIVE) {
		if (attach->flags & PCIPEEK_ATTACH_SHARED)
			return -EINVAL;
		if (!(attach->rights & PCIPEEK_RIGHT_WRITE))
			return -EINVAL;
	}
	if (attach->flags & PCIPEEK_ATTACH_SHARED &&
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
	return info->flags ? -EINVAL : check_bar(info->bar, limits);
}

int pcipeek_check_place(const struct pcipeek_access *access, u64 needed,
			u64 value, u64 rights,
			const struct pcipeek_limits *limits)
{
	u8 bar;
	int err;

	err = pcipeek_check_right(rights, needed, access->bar);
	if (!err)
		err = check_bar(access->bar, limits);
	if (err)
		return err;
	bar = array_index_nospec(access->bar, PCIPEEK_BAR_COUNT);
	err = check_width(access->width, limits->bar[bar].max_width);
	if (err)
		return err;
	if (!fits(value, access->width))
		return -EINVAL;
	return check_range(access->offset, access->width, access->width,
			   limits->bar[bar].length);
}

int pcipeek_check_access(const struct pcipeek_access *access, u64 needed,
			 u64 rights, const struct pcipeek_limits *limits)
{
	if (access->flags || access->reserved)
		return -EINVAL;
	return pcipeek_check_place(access, needed, needed ? access->value : 0,
				   rights, limits);
}

static int check_block_form(const struct pcipeek_block *block)
{
	if (block->flags & ~BLOCK_FLAGS || block->reserved || block->stride)
		return -EINVAL;
	return 0;
}

/* How much of the BAR it needs. */
static u64 span(const struct pcipeek_block *block)
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
		err = check_bar(block->bar, limits);
	if (err)
		return err;
	bar = array_index_nospec(block->bar, PCIPEEK_BAR_COUNT);
	err = check_width(block->width, limits->bar[bar].max_width);
	if (err)
		return err;
	/* the limit first: below it, count * width cannot wrap */
	if (block->count > PCIPEEK_BLOCK_MAX_BYTES / block->width)
		return -E2BIG;
	return check_range(block->offset, span(block), block->width,
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
	return err ?: check_bar(mode->bar, limits);
}
