/* SPDX-License-Identifier: GPL-2.0-only */
/* SPDX-FileCopyrightText: The pcipeek developers */
/* The operations of a batch: a copy of those in the caller's memory, and the way back. */
#ifndef PCIPEEK_OPS_H
#define PCIPEEK_OPS_H

#include <linux/pcipeek.h>

/*
 * Copy all of @batch. EFAULT, also if their results could not be stored; E2BIG: they
 * have a tail that is not zero.
 */
int pcipeek_ops_fetch(struct pcipeek_op *ops, const struct pcipeek_batch *batch);
/* What was run and what was found. EFAULT */
int pcipeek_ops_store(const struct pcipeek_op *ops,
		      const struct pcipeek_batch *batch);

#endif
