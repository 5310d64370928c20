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
	u64 unused = op->reserved0 | op->reserved1;

	switch (op->code) {
	case PCIPEEK_OP_READ:
		unused |= op->value;
		fallthrough;
	case PCIPEEK_OP_WRITE:
		unused |= op->mask;
		fallthrough;
	case PCIPEEK_OP_RMW:
		unused |= op->flags | op->timeout_ns | op->interval_us;
		break;
	case PCIPEEK_OP_POLL:
		unused |= op->flags & ~PCIPEEK_OP_NOT_EQUAL;
		unused |= op->value & ~op->mask;
		break;
	case PCIPEEK_OP_FLUSH:
		unused |= op->timeout_ns;
		fallthrough;
	case PCIPEEK_OP_DELAY:
		unused |= op->width | op->bar | op->flags | op->offset |
			  op->value | op->mask | op->interval_us;
		break;
	default:
		return -EINVAL;
	}
	return unused ? -EINVAL : 0;
}

static int check_place(struct pcipeek_op *op, const struct pcipeek_checks *checks)
{
	u64 needed = is_write(op) ? PCIPEEK_RIGHT_WRITE : 0;
	struct pcipeek_access access = {
		.offset = op->offset,
		.bar = op->bar,
		.width = op->width,
	};
	int err = pcipeek_check_place(&access, needed, op->value | op->mask,
				      checks->rights, checks->limits);

	op->bar = access.bar;
	return err;
}

/* What must be waited for fits in the time; what may be waited for may not. */
static int check_time(const struct pcipeek_op *op, struct pcipeek_checks *checks)
{
	if (op->timeout_ns > checks->timeout)
		return -EINVAL;
	if (op->code != PCIPEEK_OP_DELAY)
		return 0;
	checks->delays += op->timeout_ns;
	return checks->delays > checks->timeout ? -EINVAL : 0;
}

int pcipeek_op_check(struct pcipeek_op *op, struct pcipeek_checks *checks)
{
	int err = check_form(op);

	if (!err && !is_wait(op))
		err = check_place(op, checks);
	if (!err)
		err = check_time(op, checks);
	checks->writes |= is_write(op);
	return err;
}

#ifndef __KERNEL__
#include "interpreter.h"

struct pcipeek_caller pcipeek_caller;

int pcipeek_program_run(struct pcipeek_op *ops, u32 count, u32 *done,
			u64 deadline, struct pcipeek_host *host)
{
	return pcipeek_interpret(ops, count, done, deadline, host);
}
#endif
