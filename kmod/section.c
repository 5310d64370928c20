// SPDX-License-Identifier: GPL-2.0-only
// SPDX-FileCopyrightText: The pcipeek developers

#include "access.h"
#include "doubt.h"
#include "section.h"

/* Accesses between two looks at the time. */
#define PACE 16

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

static inline bool goes_on(const struct walk *walk)
{
	return walk->done < walk->section->count &&
	       (!walk->done || pcipeek_this_jiffy(walk->start));
}

static inline u64 place(const struct pcipeek_section *section, unsigned int index)
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
	int err = pcipeek_access_take(device, walk->bar,
				      place(section, walk->done), width,
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
	return pcipeek_access_store(device, walk->bar,
				    place(section, walk->done), width,
				    le64_to_cpu(bytes));
}

/* Any BAR, and every access recorded. */
static int move_slowly(struct pcipeek_device *device, struct walk *walk)
{
	int err = 0;

	while (goes_on(walk)) {
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

/*
 * Memory, a few instructions an element: whole paces first, then the rest. The element
 * that says so is the last one, since what it read is no data.
 * @step: 0 or the size of an element, a constant where this is used.
 */
#define MOVE_FAST(verb, width)                                                \
static __always_inline void verb##_all_##width(struct walk *walk,             \
					       unsigned int step)             \
{                                                                             \
	void __iomem *at = walk->bar->base + walk->section->offset;           \
	unsigned int count = walk->section->count, i = 0, k;                  \
	void *image = walk->section->image;                                   \
									      \
	while (count - i >= PACE && (!i || pcipeek_this_jiffy(walk->start))) { \
		_Pragma("GCC unroll 16")                                      \
		for (k = 0; k < PACE; k++) {                                  \
			if (unlikely(verb##_##width(walk, at + k * step,      \
						    image, i + k)))           \
				return;                                       \
		}                                                             \
		at += PACE * step;                                            \
		i += PACE;                                                    \
	}                                                                     \
	for (; i < count && (!i || pcipeek_this_jiffy(walk->start)); i++) {   \
		if (unlikely(verb##_##width(walk, at, image, i)))             \
			return;                                               \
		at += step;                                                   \
	}                                                                     \
	walk->done = i;                                                       \
}

#define ELEMENTS(width, type, letype, get, put, from_cpu, to_cpu)             \
static __always_inline bool read_##width(struct walk *walk,                   \
					 const void __iomem *at, void *image, \
					 unsigned int i)                      \
{                                                                             \
	type value = get(at);                                                 \
									      \
	((letype *)image)[i] = from_cpu(value);                               \
	return unlikely(value == (type)~0ULL) &&                              \
	       pcipeek_doubt_note(&walk->doubt, i);                           \
}                                                                             \
									      \
static __always_inline bool write_##width(struct walk *walk,                  \
					  void __iomem *at, void *image,      \
					  unsigned int i)                     \
{                                                                             \
	put(to_cpu(((letype *)image)[i]), at);                                \
	return false;                                                         \
}                                                                             \
									      \
MOVE_FAST(read, width)                                                        \
MOVE_FAST(write, width)                                                       \
									      \
static void move_##width(struct walk *walk)                                   \
{                                                                             \
	const struct pcipeek_section *section = walk->section;                \
									      \
	if (section->write && section->fixed)                                 \
		write_all_##width(walk, 0);                                   \
	else if (section->write)                                              \
		write_all_##width(walk, width);                               \
	else if (section->fixed)                                              \
		read_all_##width(walk, 0);                                    \
	else                                                                  \
		read_all_##width(walk, width);                                \
}

#define same(value) (value)
ELEMENTS(1, u8, u8, readb, writeb, same, same)
ELEMENTS(2, u16, __le16, readw, writew, cpu_to_le16, le16_to_cpu)
ELEMENTS(4, u32, __le32, readl, writel, cpu_to_le32, le32_to_cpu)
#ifdef readq
ELEMENTS(8, u64, __le64, readq, writeq, cpu_to_le64, le64_to_cpu)
#endif

static void move_fast(struct walk *walk)
{
	switch (walk->section->width) {
	case 1:
		move_1(walk);
		break;
	case 2:
		move_2(walk);
		break;
#ifdef readq
	case 8:
		move_8(walk);
		break;
#endif
	default:
		move_4(walk);
		break;
	}
}

static int move(struct pcipeek_device *device, struct walk *walk)
{
	if (!pcipeek_access_is_plain(walk->bar))
		return move_slowly(device, walk);
	move_fast(walk);
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
	err = move(device, &walk);
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
