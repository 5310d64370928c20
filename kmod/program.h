/* SPDX-License-Identifier: GPL-2.0-only */
/* SPDX-FileCopyrightText: The pcipeek developers */
/*
 * What a batch may be. Pure, as validate.h is; interpreter.h runs what was checked.
 */
#ifndef PCIPEEK_PROGRAM_H
#define PCIPEEK_PROGRAM_H

#include "validate.h"

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

/* The next operation, of which we have a copy: may it run? */
int pcipeek_op_check(struct pcipeek_op *op, struct pcipeek_checks *checks);

/* What an operation does and how wide, in which BAR: its first eight bytes. */
static inline u64 pcipeek_op_kind(const struct pcipeek_op *op)
{
	u64 kind;

	memcpy(&kind, op, sizeof(kind));
	return kind;
}

/*
 * A row: the @count after @op differ from it in nothing but offset, value and mask.
 * In our copy of an operation that was checked, @reserved1 is free to tell that.
 */
static inline void pcipeek_op_set_row(struct pcipeek_op *op, u32 count)
{
	op->reserved1 = count;
}

static inline u32 pcipeek_op_row(const struct pcipeek_op *op)
{
	return (u32)op->reserved1;
}

/* What RMW makes of a register that is @old. */
static inline u64 pcipeek_op_updated(const struct pcipeek_op *op, u64 old)
{
	return (old & ~op->mask) | (op->value & op->mask);
}

#ifndef __KERNEL__
struct pcipeek_host;

/* One access of a register that a checked operation names. ENODEV, EAGAIN, ... */
int pcipeek_host_read(struct pcipeek_host *host, const struct pcipeek_op *op,
		      u64 *value);
int pcipeek_host_write(struct pcipeek_host *host, const struct pcipeek_op *op,
		       u64 value);
/*
 * As many of the checked @ops, which go on with the row of the operation before, as
 * can be done faster in one go, which may be none. @err: what the one after them
 * failed with.
 */
u32 pcipeek_host_row(struct pcipeek_host *host, struct pcipeek_op *ops,
		     u32 count, int *err);
/* Wait until the function has all writes. */
int pcipeek_host_flush(struct pcipeek_host *host);
/* Nanoseconds, from anywhere; never goes back. */
u64 pcipeek_host_now(struct pcipeek_host *host);
/*
 * Let others in and sleep until @time, which may be over. EINTR; ETIMEDOUT: others
 * are in for longer than the batch has time.
 */
int pcipeek_host_sleep(struct pcipeek_host *host, u64 time);

int pcipeek_program_run(struct pcipeek_op *ops, u32 count, u32 *done,
			u64 deadline, struct pcipeek_host *host);
#endif

#endif
