/* SPDX-License-Identifier: GPL-2.0-only */
/* SPDX-FileCopyrightText: The pcipeek developers */
/*
 * The operations of a batch: from the caller's memory, checked, and what became of
 * them back to it. Pure, as validate.h is.
 */
#ifndef PCIPEEK_OPS_H
#define PCIPEEK_OPS_H

#include "program.h"

/*
 * Copy in all of @batch, whose op_size was checked, and check them. The @error of each
 * is cleared, which also shows that results can be stored: what a program does
 * cannot be undone. The first that is refused gets its @error, which is returned.
 * EFAULT; E2BIG: a tail that is not zero
 */
int pcipeek_ops_fetch(struct pcipeek_op *ops, const struct pcipeek_batch *batch,
		      struct pcipeek_checks *checks);

/* The results of those that are done, and the @error of the next, if any. EFAULT */
int pcipeek_ops_store(const struct pcipeek_op *ops,
		      const struct pcipeek_batch *batch);

#endif
