// SPDX-License-Identifier: GPL-2.0-only
// SPDX-FileCopyrightText: The pcipeek developers

#include "program.h"

int pcipeek_check_batch(const struct pcipeek_batch *batch, u64 rights)
{
	if (batch->flags & ~PCIPEEK_BATCH_HOLD || batch->reserved)
		return -EINVAL;
	if (batch->timeout_ns > PCIPEEK_BATCH_MAX_TIMEOUT_NS || !batch->count)
		return -EINVAL;
	if (batch->count > PCIPEEK_BATCH_MAX_OPS)
		return -E2BIG;
	if (batch->flags & PCIPEEK_BATCH_HOLD && !(rights & PCIPEEK_RIGHT_WRITE))
		return -EACCES;
	return 0;
}

static bool is_wait(const struct pcipeek_op *op)
{
	return op->code == PCIPEEK_OP_DELAY || op->code == PCIPEEK_OP_FLUSH;
}

static bool is_write(const struct pcipeek_op *op)
{
	return op->code == PCIPEEK_OP_WRITE || op->code == PCIPEEK_OP_RMW;
}

/* Fields that an operation has no use for are zero. */
static int check_form(const struct pcipeek_op *op)
{
	bool poll = op->code == PCIPEEK_OP_POLL;
	bool mask = poll || op->code == PCIPEEK_OP_RMW;

	if (op->code < PCIPEEK_OP_READ || op->code > PCIPEEK_OP_FLUSH)
		return -EINVAL;
	if (op->reserved0 || op->reserved1)
		return -EINVAL;
	if (op->flags & ~(poll ? PCIPEEK_OP_NOT_EQUAL : 0))
		return -EINVAL;
	if ((op->mask && !mask) || (op->interval_us && !poll))
		return -EINVAL;
	if (op->value && !mask && op->code != PCIPEEK_OP_WRITE)
		return -EINVAL;
	if (op->timeout_ns && !poll && op->code != PCIPEEK_OP_DELAY)
		return -EINVAL;
	if (is_wait(op) && (op->width || op->bar || op->offset))
		return -EINVAL;
	return poll && op->value & ~op->mask ? -EINVAL : 0;
}

static int check_op(struct pcipeek_op *op, u64 rights,
		    const struct pcipeek_limits *limits)
{
	u64 needed = is_write(op) ? PCIPEEK_RIGHT_WRITE : 0;
	struct pcipeek_access access = {
		.offset = op->offset,
		.bar = op->bar,
		.width = op->width,
	};
	int err = check_form(op);

	if (err || is_wait(op))
		return err;
	err = pcipeek_check_place(&access, needed, op->value | op->mask, rights,
				  limits);
	op->bar = access.bar;
	return err;
}

/**
 * struct likeness - what is so of all operations of the kind of one that was checked
 * @kind: pcipeek_op_kind()
 * @offset: bits that are 0 in an offset
 * @value: and in a value
 * @mask: and in a mask
 */
struct likeness {
	u64 kind;
	u64 offset;
	u64 value;
	u64 mask;
};

/*
 * Is there one for @op? A BAR has a power of two as its length (PCI Local Bus
 * Specification 3.0, 6.2.5.1) unless its function enumerates its resources in
 * another way.
 */
static bool has_likeness(const struct pcipeek_op *op,
			 const struct pcipeek_limits *limits,
			 struct likeness *like)
{
	u64 beyond = op->width < 8 ? ~0ULL << (8 * op->width) : 0;
	u64 length;

	if (op->code != PCIPEEK_OP_READ && !is_write(op))
		return false;
	length = limits->bar[op->bar].length;
	if (!is_power_of_2(length))
		return false;
	like->kind = pcipeek_op_kind(op);
	like->offset = ~(length - op->width);
	like->value = op->code == PCIPEEK_OP_READ ? ~0ULL : beyond;
	like->mask = op->code == PCIPEEK_OP_RMW ? beyond : ~0ULL;
	return true;
}

/* Not zero: it differs, or is not well. @read: it has neither value nor mask. */
static __always_inline u64 unlike(const struct pcipeek_op *op,
				  const struct likeness *like, bool read)
{
	u64 wrong = pcipeek_op_kind(op) ^ like->kind;

	wrong |= op->offset & like->offset;
	wrong |= op->timeout_ns | op->reserved1 | op->interval_us;
	if (read)
		return wrong | op->value | op->mask;
	return wrong | (op->value & like->value) | (op->mask & like->mask);
}

/* How many of the first ones are alike, and so well; their @error is cleared. */
static __always_inline u32 count_alike(struct pcipeek_op *ops, u32 count,
				       const struct likeness *like, bool read)
{
	const struct likeness of = *like;
	struct pcipeek_op *op = ops, *end = ops + count;

	for (; end - op >= 4; op += 4) {
		if (unlike(op, &of, read) | unlike(op + 1, &of, read) |
		    unlike(op + 2, &of, read) | unlike(op + 3, &of, read))
			break;
		op[0].error = 0;
		op[1].error = 0;
		op[2].error = 0;
		op[3].error = 0;
	}
	for (; op < end && !unlike(op, &of, read); op++)
		op->error = 0;
	return op - ops;
}

/* Most batches do the same to many registers: those after the first need less. */
static u32 check_alike(struct pcipeek_op *ops, u32 count,
		       const struct pcipeek_limits *limits)
{
	struct likeness like;

	if (count < 2 || !has_likeness(&ops[0], limits, &like))
		return 0;
	if (ops[0].code == PCIPEEK_OP_READ)
		return count_alike(ops + 1, count - 1, &like, true);
	return count_alike(ops + 1, count - 1, &like, false);
}

/* What must be waited for fits in the time; what may be waited for may not. */
static int check_time(const struct pcipeek_op *op, u64 timeout, u64 *delays)
{
	if (op->timeout_ns > timeout)
		return -EINVAL;
	if (op->code != PCIPEEK_OP_DELAY)
		return 0;
	*delays += op->timeout_ns;
	return *delays > timeout ? -EINVAL : 0;
}

int pcipeek_program_check(struct pcipeek_op *ops,
			  const struct pcipeek_batch *batch, u64 rights,
			  const struct pcipeek_limits *limits, bool *writes)
{
	u64 delays = 0;
	u32 i;

	*writes = false;
	for (i = 0; i < batch->count; i++) {
		int err = check_op(&ops[i], rights, limits);

		if (!err)
			err = check_time(&ops[i], batch->timeout_ns, &delays);
		ops[i].error = err;
		if (err)
			return err;
		*writes |= is_write(&ops[i]);
		i += check_alike(&ops[i], batch->count - i, limits);
	}
	return 0;
}

#ifndef __KERNEL__
#include "interpreter.h"

int pcipeek_program_run(struct pcipeek_op *ops, u32 count, u32 *done,
			u64 deadline, struct pcipeek_host *host)
{
	return pcipeek_interpret(ops, count, done, deadline, host);
}
#endif
