/* SPDX-License-Identifier: GPL-2.0-only */
/* SPDX-FileCopyrightText: The pcipeek developers */
/*
 * The reads of one section that gave all ones, which is also what a bus gives when
 * nobody answers. The function is asked at once, so that a dead one is not read on, each
 * read with a completion timeout. After an answer, more all ones in the same jiffy wait
 * for one question at the end of the section; a timeout takes longer than a jiffy. Pure:
 * the function and the clock are reached through the host alone.
 */
#ifndef PCIPEEK_DOUBT_H
#define PCIPEEK_DOUBT_H

#include "portable.h"

struct pcipeek_bar;
struct pcipeek_device;

#define PCIPEEK_NO_DOUBT (~0U)

/**
 * struct pcipeek_doubt - the all ones that no answer has come after yet
 * @device: who is asked
 * @bar: for which BAR
 * @first: index of the first of them, or PCIPEEK_NO_DOUBT
 * @answered: it has answered in this section
 * @when: the jiffy in which it last did
 * @err: what it failed with
 */
struct pcipeek_doubt {
	struct pcipeek_device *device;
	struct pcipeek_bar *bar;
	u32 first;
	bool answered;
	unsigned long when;
	int err;
};

/* The host: the question, 0 or -EIO, and the jiffy. */
int pcipeek_doubt_question(struct pcipeek_doubt *doubt);
unsigned long pcipeek_doubt_jiffy(void);

/* Element @index is all ones. True: it is no data, and the section is over. */
bool pcipeek_doubt_note(struct pcipeek_doubt *doubt, u32 index);
/* The same, but ask in any case: what comes next depends on the answer. */
bool pcipeek_doubt_ask(struct pcipeek_doubt *doubt, u32 index);
/* Ask for those that are left; @done becomes the number of elements before them. */
int pcipeek_doubt_resolve(struct pcipeek_doubt *doubt, u32 *done);

/* At the end of the section: -EIO if not all @done elements are data. */
static inline int pcipeek_doubt_settle(struct pcipeek_doubt *doubt, u32 *done)
{
	if (likely(doubt->first == PCIPEEK_NO_DOUBT))
		return 0;
	return pcipeek_doubt_resolve(doubt, done);
}

#endif
