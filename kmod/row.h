/* SPDX-License-Identifier: GPL-2.0-only */
/* SPDX-FileCopyrightText: The pcipeek developers */
/* Operations of a batch that differ in nothing but offset, value and mask. */
#ifndef PCIPEEK_ROW_H
#define PCIPEEK_ROW_H

#include "device.h"

/*
 * Inside the guard, in a BAR that pcipeek_access_is_plain(): the READs, WRITEs or
 * RMWs of the kind of @ops[0] that follow each other, at most @count, until the jiffy
 * @since is over. Returns how many were
 * done; @err: what the next one failed with, or 0. After an EIO more READs than that
 * may have been made, but no WRITE.
 */
u32 pcipeek_row_run(struct pcipeek_device *device, struct pcipeek_bar *bar,
		    struct pcipeek_op *ops, u32 count, unsigned long since,
		    int *err);
/* The same for READs in any BAR, every access recorded. */
u32 pcipeek_row_read_slowly(struct pcipeek_device *device,
			    struct pcipeek_bar *bar, struct pcipeek_op *ops,
			    u32 count, unsigned long since, int *err);

#endif
