// SPDX-License-Identifier: GPL-2.0-only
// SPDX-FileCopyrightText: The pcipeek developers

#include "access.h"
#include "doubt.h"
#include "program.h"
#include "section.h"

/**
 * struct walk - a section that is being made
 * @bar: its BAR
 * @section: what is to be done
 * @start: the jiffy in which it began
 * @done: how many elements were moved
 * @doubt: of those that read all ones
 */
struct walk {
	const struct pcipeek_bar *bar;
	const struct pcipeek_section *section;
	unsigned long start;
	unsigned int done;
	struct pcipeek_doubt doubt;
};

static inline bool section_goes_on(const struct walk *walk)
{
	return walk->done < walk->section->count &&
	       (!walk->done || pcipeek_this_jiffy(walk->start));
}

static inline u64 section_place(const struct pcipeek_section *section, unsigned int index)
{
	return section->fixed ? section->offset :
				section->offset + index * section->width;
}

static int read_slowly_one(struct pcipeek_device *device, struct walk *walk)
{
	const struct pcipeek_section *section = walk->section;
	u8 width = section->width;
	bool ones = false;
	__le64 bytes;
	u64 value = 0;
	int err = pcipeek_access_take(device, walk->bar, section_place(section, walk->done), width,
				      &value, &ones);

	if (err)
		return err;
	bytes = cpu_to_le64(value);
	memcpy(section->image + walk->done * width, &bytes, width);
	if (unlikely(ones) && pcipeek_doubt_note(&walk->doubt, walk->done))
		return walk->doubt.err;
	return 0;
}

static int write_slowly_one(struct pcipeek_device *device, struct walk *walk)
{
	const struct pcipeek_section *section = walk->section;
	u8 width = section->width;
	__le64 bytes = 0;

	memcpy(&bytes, section->image + walk->done * width, width);
	return pcipeek_access_store(device, walk->bar, section_place(section, walk->done), width,
				    le64_to_cpu(bytes));
}

/* Any BAR, and every access recorded. */
static int section_move_slowly(struct pcipeek_device *device, struct walk *walk)
{
	int err = 0;

	while (section_goes_on(walk)) {
		if (walk->section->write)
			err = write_slowly_one(device, walk);
		else
			err = read_slowly_one(device, walk);
		if (err)
			break;
		walk->done++;
	}
	return err;
}

/* Element @index of the image; @width is a constant. */
static __always_inline u64 get_element(const void *image, unsigned int index,
				       u8 width)
{
	switch (width) {
	case 1:
		return ((const u8 *)image)[index];
	case 2:
		return le16_to_cpu(((const __le16 *)image)[index]);
	case 8:
		return le64_to_cpu(((const __le64 *)image)[index]);
	default:
		return le32_to_cpu(((const __le32 *)image)[index]);
	}
}

static __always_inline void put_element(void *image, unsigned int index,
					u8 width, u64 value)
{
	switch (width) {
	case 1:
		((u8 *)image)[index] = value;
		break;
	case 2:
		((__le16 *)image)[index] = cpu_to_le16(value);
		break;
	case 8:
		((__le64 *)image)[index] = cpu_to_le64(value);
		break;
	default:
		((__le32 *)image)[index] = cpu_to_le32(value);
		break;
	}
}

/* True: what it read is no data. */
static __always_inline bool section_move_one(struct walk *walk, void __iomem *at, void *image,
					     unsigned int index, u8 width, bool write)
{
	u64 value;
	bool ones;

	if (write) {
		pcipeek_store_memory(at, width, get_element(image, index, width));
		return false;
	}
	value = pcipeek_load_memory(at, width, &ones);
	put_element(image, index, width, value);
	return unlikely(ones) && pcipeek_doubt_note(&walk->doubt, index);
}

/*
 * Memory, a few instructions an element: whole paces first, then the rest. The element
 * that says so is the last one, since what it read is no data.
 * @width, @write, @step (0 or @width): constants
 */
static __always_inline void section_move_all(struct walk *walk, u8 width, bool write,
					     unsigned int step)
{
	void __iomem *at = walk->bar->base + walk->section->offset;
	unsigned int count = walk->section->count, i = 0, k;
	void *image = walk->section->image;

	while (count - i >= PCIPEEK_PACE &&
	       (!i || pcipeek_this_jiffy(walk->start))) {
#pragma GCC unroll 16
		for (k = 0; k < PCIPEEK_PACE; k++) {
			if (unlikely(section_move_one(walk, at + k * step, image, i + k, width,
						      write)))
				return;
		}
		at += PCIPEEK_PACE * step;
		i += PCIPEEK_PACE;
	}
	for (; i < count && (!i || pcipeek_this_jiffy(walk->start)); i++) {
		if (unlikely(section_move_one(walk, at, image, i, width, write)))
			return;
		at += step;
	}
	walk->done = i;
}

/* @width is a constant, and so each case has its own loop. */
static __always_inline void section_move_of_width(struct walk *walk, u8 width)
{
	const struct pcipeek_section *section = walk->section;

	if (section->write && section->fixed)
		section_move_all(walk, width, true, 0);
	else if (section->write)
		section_move_all(walk, width, true, width);
	else if (section->fixed)
		section_move_all(walk, width, false, 0);
	else
		section_move_all(walk, width, false, width);
}

static void section_move_fast(struct walk *walk)
{
	switch (walk->section->width) {
	case 1:
		section_move_of_width(walk, 1);
		break;
	case 2:
		section_move_of_width(walk, 2);
		break;
#ifdef readq
	case 8:
		section_move_of_width(walk, 8);
		break;
#endif
	default:
		section_move_of_width(walk, 4);
		break;
	}
}

static int section_move(struct pcipeek_device *device, struct walk *walk)
{
	if (!pcipeek_access_is_plain(walk->bar))
		return section_move_slowly(device, walk);
	section_move_fast(walk);
	return 0;
}

static int run(struct pcipeek_device *device, struct pcipeek_bar *bar,
	       struct pcipeek_section *section)
{
	struct walk walk = {
		.bar = bar,
		.section = section,
		.start = jiffies,
		.doubt = {
			.device = device,
			.bar = bar,
			.first = PCIPEEK_NO_DOUBT,
		},
	};
	int err, no_data;

	if (section->generation && section->generation != device->generation)
		return -EAGAIN;
	section->generation = device->generation;
	err = section_move(device, &walk);
	section->done = walk.done;
	no_data = pcipeek_doubt_settle(&walk.doubt, &section->done);
	return no_data ?: err;
}

int pcipeek_section_run(struct pcipeek_device *device,
			struct pcipeek_section *section)
{
	struct pcipeek_bar *bar = pcipeek_device_bar(device, section->bar);
	int err = pcipeek_access_enter(device, bar);

	section->done = 0;
	if (err)
		return err;
	err = run(device, bar, section);
	pcipeek_guard_leave(device);
	return err;
}
