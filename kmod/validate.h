/* SPDX-License-Identifier: GPL-2.0-only */
/* SPDX-FileCopyrightText: The pcipeek developers */
/*
 * Every check of the contract that needs no hardware, no lock and no user
 * memory. Pure: the answer depends on the arguments alone. Each function returns
 * 0 or the negated errno that <linux/pcipeek.h> documents, and checks in the
 * order that stands there. What every single access needs is inline.
 */
#ifndef PCIPEEK_VALIDATE_H
#define PCIPEEK_VALIDATE_H

#include <linux/pcipeek.h>

#include "portable.h"

/* What the checks must know of a function's BARs; length 0: no such BAR. */
struct pcipeek_limits {
	struct {
		u64 length;
		u8 max_width;
	} bar[PCIPEEK_BAR_COUNT];
};

/* The rights that an access needs: 0 or PCIPEEK_RIGHT_WRITE, and its BAR's. */
static inline int pcipeek_check_right(u64 rights, u64 needed, u8 bar)
{
	if (bar < PCIPEEK_BAR_COUNT && !(rights & PCIPEEK_RIGHT_BAR(bar)))
		return -EACCES;
	return needed & ~rights ? -EACCES : 0;
}

static inline int pcipeek_check_bar(u8 bar, const struct pcipeek_limits *limits)
{
	if (bar >= PCIPEEK_BAR_COUNT)
		return -ENXIO;
	bar = array_index_nospec(bar, PCIPEEK_BAR_COUNT);
	return limits->bar[bar].length ? 0 : -ENXIO;
}

static inline bool pcipeek_is_width(u8 width)
{
	return width == 1 || width == 2 || width == 4 || width == 8;
}

static inline bool pcipeek_fits(u64 value, u8 width)
{
	return width == 8 || value >> (8 * width) == 0;
}

/* @bytes from @offset, the first access naturally aligned: inside the BAR? */
static inline int pcipeek_check_range(u64 offset, u64 bytes, u8 width,
				      u64 length)
{
	if (offset > length || bytes > length - offset)
		return -ERANGE;
	return offset & (width - 1) ? -EINVAL : 0;
}

/* What is wrong with a width that the BAR does not have, if it is there at all. */
static inline int pcipeek_refuse_width(u8 width, u64 length)
{
	if (!length)
		return -ENXIO;
	return pcipeek_is_width(width) ? -EOPNOTSUPP : -EINVAL;
}

/*
 * One access but for its form; @value: what is written or compared, or 0. @bar can
 * be used as an index afterwards, also by a CPU that runs ahead of the check. The
 * widest access of a BAR that is not there is 0.
 */
static inline int pcipeek_check_place(struct pcipeek_access *access, u64 needed,
				      u64 value, u64 rights,
				      const struct pcipeek_limits *limits)
{
	u8 width = access->width, max_width;
	u64 length;

	if (needed & ~rights)
		return -EACCES;
	if (access->bar >= PCIPEEK_BAR_COUNT)
		return -ENXIO;
	if (!(rights & PCIPEEK_RIGHT_BAR(access->bar)))
		return -EACCES;
	access->bar = array_index_nospec(access->bar, PCIPEEK_BAR_COUNT);
	length = limits->bar[access->bar].length;
	max_width = limits->bar[access->bar].max_width;
	/* zero is the widest of all here */
	if ((u8)(width - 1) >= max_width || width & (width - 1))
		return pcipeek_refuse_width(width, length);
	if (!pcipeek_fits(value, width))
		return -EINVAL;
	return pcipeek_check_range(access->offset, width, width, length);
}

/* @needed: 0 for a READ, PCIPEEK_RIGHT_WRITE for a WRITE */
static inline int pcipeek_check_access(struct pcipeek_access *access,
				       u64 needed, u64 rights,
				       const struct pcipeek_limits *limits)
{
	if (access->flags || access->reserved)
		return -EINVAL;
	return pcipeek_check_place(access, needed, needed ? access->value : 0,
				   rights, limits);
}

int pcipeek_check_version(const struct pcipeek_version *version);
int pcipeek_check_attach(const struct pcipeek_attach *attach);
/* @rights: those held */
int pcipeek_check_restrict(const struct pcipeek_restrict *restrict_to,
			   u64 rights);
int pcipeek_check_device_info(const struct pcipeek_device_info *info);
int pcipeek_check_bar_info(const struct pcipeek_bar_info *info,
			   const struct pcipeek_limits *limits);

int pcipeek_check_block(const struct pcipeek_block *block, u64 rights,
			const struct pcipeek_limits *limits);
int pcipeek_check_bar_mode(const struct pcipeek_bar_mode *mode, u64 rights,
			   const struct pcipeek_limits *limits);

#endif
