/* SPDX-License-Identifier: GPL-2.0-only */
/* SPDX-FileCopyrightText: The pcipeek developers */
/*
 * What a batch may be. Pure, as validate.h is; interpreter.c runs what was checked.
 */
#ifndef PCIPEEK_PROGRAM_H
#define PCIPEEK_PROGRAM_H

#include "validate.h"

/* Operations that a loop goes through at once; also between two looks at the time. */
#define PCIPEEK_PACE 16

/* The form of a batch, before its operations are looked at. */
int pcipeek_check_batch(const struct pcipeek_batch *batch, u64 rights);

/**
 * struct pcipeek_checks - what the operations of a batch are checked for
 * @rights: those held
 * @limits: of the function's BARs
 * @timeout: the batch's, in nanoseconds
 * @delays: of the operations so far
 * @writes: one of them changes something
 */
struct pcipeek_checks {
	u64 rights;
	const struct pcipeek_limits *limits;
	u64 timeout;
	u64 delays;
	bool writes;
};

/*
 * May the @count operations, of which we have a copy, run? If not, @refused is the index
 * of the first one that may not.
 */
int pcipeek_ops_check(struct pcipeek_op *ops, u32 count,
		      struct pcipeek_checks *checks, u32 *refused);

/* What an operation does and how wide, in which BAR: its first eight bytes. */
static inline u64 pcipeek_op_kind(const struct pcipeek_op *op)
{
	u64 kind;

	memcpy(&kind, op, sizeof(kind));
	return kind;
}

/* What RMW makes of a register that is @old. */
static inline u64 pcipeek_op_updated(const struct pcipeek_op *op, u64 old)
{
	return (old & ~op->mask) | (op->value & op->mask);
}

#endif
