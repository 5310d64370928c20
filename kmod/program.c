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

/* Most operations: one look at all that must be zero. */
static bool is_plain_read(const struct pcipeek_op *op)
{
	return op->code == PCIPEEK_OP_READ &&
	       !(op->value | op->mask | op->timeout_ns | op->reserved1 |
		 op->interval_us | op->flags | op->reserved0);
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
	int err;

	if (!is_plain_read(op)) {
		err = check_form(op);
		if (err || is_wait(op))
			return err;
	}
	err = pcipeek_check_place(&access, needed, op->value | op->mask, rights,
				  limits);
	op->bar = access.bar;
	return err;
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
			  const struct pcipeek_limits *limits)
{
	u64 delays = 0;
	u32 i;

	for (i = 0; i < batch->count; i++) {
		int err = check_op(&ops[i], rights, limits);

		if (!err)
			err = check_time(&ops[i], batch->timeout_ns, &delays);
		ops[i].error = err;
		if (err)
			return err;
	}
	return 0;
}

bool pcipeek_program_writes(const struct pcipeek_op *ops, u32 count)
{
	u32 i;

	for (i = 0; i < count; i++) {
		if (is_write(&ops[i]))
			return true;
	}
	return false;
}

#ifndef __KERNEL__
#include "interpreter.h"

int pcipeek_program_run(struct pcipeek_op *ops, u32 count, u32 *done,
			u64 deadline, struct pcipeek_host *host)
{
	return pcipeek_interpret(ops, count, done, deadline, host);
}
#endif
