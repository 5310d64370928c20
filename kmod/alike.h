/* SPDX-License-Identifier: GPL-2.0-only */
/* SPDX-FileCopyrightText: The pcipeek developers */
/*
 * Operations that are alike: most batches do the same to many registers, and those
 * after the first are fetched and checked in one loop. Pure, as validate.h is.
 */
#ifndef PCIPEEK_ALIKE_H
#define PCIPEEK_ALIKE_H

#include "program.h"

/*
 * Fetch those that go on with the row of @op, which was checked and came from @user,
 * at most the @count behind it; they are checked, and their @error is cleared. Returns
 * how many there are. What ends the row, an error, too, is left to the caller.
 */
u32 pcipeek_alike_fetch(struct pcipeek_op *op, struct pcipeek_op __user *user,
			u32 count, const struct pcipeek_limits *limits);

#endif
