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

static int check_op(struct pcipeek_op *op, struct pcipeek_checks *checks)
{
	int err = check_form(op);

	if (!err && !is_wait(op))
		err = check_place(op, checks);
	if (!err)
		err = check_time(op, checks);
	checks->writes |= is_write(op);
	return err;
}

/**
 * struct likeness - what an operation that passed tells of others of its kind
 * @kind: pcipeek_op_kind()
 * @offset: bits that are 0 in an offset that is right
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
 * A BAR has a power of two as its length (PCI Local Bus Specification 3.0, 6.2.5.1)
 * unless its function enumerates its resources in another way. Then an offset is
 * right if some bits of it are 0.
 */
static struct likeness likeness_of(const struct pcipeek_op *op,
				   const struct pcipeek_limits *limits)
{
	struct likeness like = { pcipeek_op_kind(op), ~0ULL, ~0ULL, ~0ULL };
	u64 length = limits->bar[op->bar].length;
	u64 beyond = op->width < 8 ? ~0ULL << (8 * op->width) : 0;

	if (op->code > PCIPEEK_OP_RMW)
		return like;
	if (is_power_of_2(length))
		like.offset = ~(length - op->width);
	if (is_write(op))
		like.value = beyond;
	if (op->code == PCIPEEK_OP_RMW)
		like.mask = beyond;
	return like;
}

/*
 * Does it pass, too? False may also mean that it must be looked at by itself. @read: it
 * is a READ, a constant.
 */
static __always_inline bool passes_like(const struct pcipeek_op *op,
					const struct likeness *like, bool read)
{
	u64 wrong = pcipeek_op_kind(op) ^ like->kind;

	wrong |= op->timeout_ns | op->interval_us | op->reserved1;
	wrong |= op->offset & like->offset;
	wrong |= read ? op->value | op->mask :
			(op->value & like->value) | (op->mask & like->mask);
	return !wrong;
}

/* Past those from @op on that pass. */
static __always_inline struct pcipeek_op *
skip_alike(struct pcipeek_op *op, struct pcipeek_op *end,
	   const struct likeness *like, bool read)
{
	int k;

	while (end - op >= PCIPEEK_PACE) {
#pragma GCC unroll 16
		for (k = 0; k < PCIPEEK_PACE; k++) {
			if (!passes_like(op + k, like, read))
				return op + k;
		}
		op += PCIPEEK_PACE;
	}
	while (op < end && passes_like(op, like, read))
		op++;
	return op;
}

/* Most batches do the same to many registers: then one look at each is enough. */
int pcipeek_ops_check(struct pcipeek_op *ops, u32 count,
		      struct pcipeek_checks *checks, u32 *refused)
{
	struct pcipeek_op *op = ops, *end = ops + count;

	while (op < end) {
		int err = check_op(op, checks);
		struct likeness like;

		if (err) {
			*refused = op - ops;
			return err;
		}
		like = likeness_of(op, checks->limits);
		if (op->code == PCIPEEK_OP_READ)
			op = skip_alike(op + 1, end, &like, true);
		else
			op = skip_alike(op + 1, end, &like, false);
	}
	return 0;
}

#ifndef __KERNEL__
struct pcipeek_caller pcipeek_caller;
#endif
