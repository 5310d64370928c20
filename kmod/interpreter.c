// SPDX-License-Identifier: GPL-2.0-only
// SPDX-FileCopyrightText: The pcipeek developers

#include "interpreter.h"

/* Between the reads of a POLL without an interval: a quarter of the time so far. */
#define POLL_SHORTEST_NS 1000ULL
#define POLL_LONGEST_NS 1000000ULL

static int run_rmw(struct pcipeek_op *op, struct pcipeek_host *host)
{
	u64 old;
	int err = pcipeek_host_read(host, op, &old);

	if (err)
		return err;
	op->result = old;
	return pcipeek_host_write(host, op, pcipeek_op_updated(op, old));
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

/* Does @op differ from the one before it in nothing but offset, value and mask? */
static bool is_alike(const struct pcipeek_op *op)
{
	return pcipeek_op_kind(op) == pcipeek_op_kind(op - 1);
}

int pcipeek_interpret(struct pcipeek_op *ops, u32 count, u32 *done,
		      u64 deadline, struct pcipeek_host *host)
{
	u32 i = 0;
	int err = 0;

	while (i < count && !err) {
		err = run_op(&ops[i], deadline, host);
		i += !err;
		if (!err && i < count && is_alike(&ops[i]))
			i += pcipeek_host_row(host, ops + i, count - i, &err);
	}
	if (err)
		ops[i].error = err;
	*done = i;
	return err;
}
