// SPDX-License-Identifier: GPL-2.0-only
// SPDX-FileCopyrightText: The pcipeek developers

#include "program.h"

/* Between the reads of a POLL without an interval: a quarter of the time so far. */
#define POLL_SHORTEST_NS 1000ULL
#define POLL_LONGEST_NS 1000000ULL

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

static int check_op(const struct pcipeek_op *op, u64 rights,
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
	return pcipeek_check_place(&access, needed, op->value | op->mask, rights,
				   limits);
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

static int run_rmw(struct pcipeek_op *op, struct pcipeek_host *host)
{
	u64 old;
	int err = pcipeek_host_read(host, op, &old);

	if (err)
		return err;
	op->result = old;
	return pcipeek_host_write(host, op,
				  (old & ~op->mask) | (op->value & op->mask));
}

static bool is_met(const struct pcipeek_op *op)
{
	bool equal = (op->result & op->mask) == op->value;

	return equal == !(op->flags & PCIPEEK_OP_NOT_EQUAL);
}

static u64 next_look(const struct pcipeek_op *op, u64 start, u64 now, u64 end)
{
	u64 pause = op->interval_us * 1000ULL;

	if (!pause)
		pause = (now - start) / 4;
	if (!op->interval_us && pause < POLL_SHORTEST_NS)
		pause = POLL_SHORTEST_NS;
	if (!op->interval_us && pause > POLL_LONGEST_NS)
		pause = POLL_LONGEST_NS;
	return pause < end - now ? now + pause : end;
}

/*
 * The clock is read before the register, so that the last look is after the time
 * was up, however long the look took.
 */
static int run_poll(struct pcipeek_op *op, u64 deadline,
		    struct pcipeek_host *host)
{
	u64 start = pcipeek_host_now(host);
	u64 now = start, end = start + op->timeout_ns;
	int err;

	if (end > deadline)
		end = deadline;
	for (;;) {
		err = pcipeek_host_read(host, op, &op->result);
		if (err || is_met(op))
			return err;
		if (now >= end)
			return -ETIMEDOUT;
		err = pcipeek_host_sleep(host, next_look(op, start, now, end));
		if (err)
			return err;
		now = pcipeek_host_now(host);
	}
}

static int run_delay(const struct pcipeek_op *op, u64 deadline,
		     struct pcipeek_host *host)
{
	u64 now;

	if (!op->timeout_ns)
		return 0;
	now = pcipeek_host_now(host);
	if (now >= deadline || op->timeout_ns > deadline - now)
		return -ETIMEDOUT;
	return pcipeek_host_sleep(host, now + op->timeout_ns);
}

static int run_op(struct pcipeek_op *op, u64 deadline,
		  struct pcipeek_host *host)
{
	switch (op->code) {
	case PCIPEEK_OP_READ:
		return pcipeek_host_read(host, op, &op->result);
	case PCIPEEK_OP_WRITE:
		return pcipeek_host_write(host, op, op->value);
	case PCIPEEK_OP_RMW:
		return run_rmw(op, host);
	case PCIPEEK_OP_POLL:
		return run_poll(op, deadline, host);
	case PCIPEEK_OP_DELAY:
		return run_delay(op, deadline, host);
	default:
		return pcipeek_host_flush(host);
	}
}

int pcipeek_program_run(struct pcipeek_op *ops, u32 count, u32 *done,
			u64 deadline, struct pcipeek_host *host)
{
	u32 i;

	for (i = 0; i < count; i++) {
		int err = run_op(&ops[i], deadline, host);

		if (unlikely(err)) {
			*done = i;
			ops[i].error = err;
			return err;
		}
	}
	*done = count;
	return 0;
}
