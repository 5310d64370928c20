// SPDX-License-Identifier: GPL-2.0-only
// SPDX-FileCopyrightText: The pcipeek developers

#include "access.h"
#include "doubt.h"
#include "program.h"
#include "row.h"

/*
 * The operation at @index; @code and @width are constants. True: what it read is no data.
 * What an RMW writes is made of what it read, so that has to be data before.
 */
static __always_inline bool row_run_one(struct pcipeek_doubt *doubt, void __iomem *base,
					struct pcipeek_op *op, u32 index, u8 code, u8 width)
{
	void __iomem *at = base + op->offset;
	u64 old = 0;
	bool ones;

	if (code != PCIPEEK_OP_WRITE) {
		old = pcipeek_load_memory(at, width, &ones);
		op->result = old;
		if (unlikely(ones) && (code == PCIPEEK_OP_READ ?
					       pcipeek_doubt_note(doubt, index) :
					       pcipeek_doubt_ask(doubt, index)))
			return true;
	}
	if (code == PCIPEEK_OP_RMW)
		pcipeek_store_memory(at, width, pcipeek_op_updated(op, old));
	if (code == PCIPEEK_OP_WRITE)
		pcipeek_store_memory(at, width, op->value);
	return false;
}

static __always_inline u32 row_run_all(struct pcipeek_doubt *doubt, struct pcipeek_op *ops,
				       u32 count, unsigned long since, u8 code, u8 width)
{
	struct pcipeek_op *op = ops, *end = ops + count;
	struct pcipeek_op *whole = ops + round_down(count, PCIPEEK_PACE);
	void __iomem *base = doubt->bar->base;
	u64 kind = pcipeek_op_kind(ops);
	int k;

	while (op < whole && pcipeek_this_jiffy(since)) {
#pragma GCC unroll 16
		for (k = 0; k < PCIPEEK_PACE; k++) {
			if (unlikely(pcipeek_op_kind(op + k) != kind ||
				     row_run_one(doubt, base, op + k, op + k - ops, code, width))) {
				op += k;
				goto out;
			}
		}
		op += PCIPEEK_PACE;
	}
	if (op < whole || !pcipeek_this_jiffy(since))
		goto out;
	for (; op < end; op++) {
		if (unlikely(pcipeek_op_kind(op) != kind ||
			     row_run_one(doubt, base, op, op - ops, code, width)))
			break;
	}
out:
	return op - ops;
}

/* @code is a constant, and so each case has its own loop. */
static __always_inline u32 row_run_of_width(struct pcipeek_doubt *doubt, struct pcipeek_op *ops,
					    u32 count, unsigned long since, u8 code)
{
	switch (ops[0].width) {
	case 1:
		return row_run_all(doubt, ops, count, since, code, 1);
	case 2:
		return row_run_all(doubt, ops, count, since, code, 2);
#ifdef readq
	case 8:
		return row_run_all(doubt, ops, count, since, code, 8);
#endif
	default:
		return row_run_all(doubt, ops, count, since, code, 4);
	}
}

static u32 row_run(struct pcipeek_doubt *doubt, struct pcipeek_op *ops, u32 count,
		   unsigned long since)
{
	switch (ops[0].code) {
	case PCIPEEK_OP_READ:
		return row_run_of_width(doubt, ops, count, since, PCIPEEK_OP_READ);
	case PCIPEEK_OP_WRITE:
		return row_run_of_width(doubt, ops, count, since, PCIPEEK_OP_WRITE);
	case PCIPEEK_OP_RMW:
		return row_run_of_width(doubt, ops, count, since, PCIPEEK_OP_RMW);
	default:
		return 0;
	}
}

u32 pcipeek_row_run(struct pcipeek_device *device, struct pcipeek_bar *bar,
		    struct pcipeek_op *ops, u32 count, unsigned long since,
		    int *err)
{
	struct pcipeek_doubt doubt = {
		.device = device,
		.bar = bar,
		.first = PCIPEEK_NO_DOUBT,
	};
	u32 done = row_run(&doubt, ops, count, since);

	*err = pcipeek_doubt_settle(&doubt, &done);
	return done;
}

u32 pcipeek_row_read_slowly(struct pcipeek_device *device,
			    struct pcipeek_bar *bar, struct pcipeek_op *ops,
			    u32 count, unsigned long since, int *err)
{
	struct pcipeek_doubt doubt = {
		.device = device,
		.bar = bar,
		.first = PCIPEEK_NO_DOUBT,
	};
	u64 kind = pcipeek_op_kind(ops);
	u32 done = 0;
	int no_data;

	for (; done < count && pcipeek_this_jiffy(since); done++) {
		struct pcipeek_op *op = &ops[done];
		bool ones = false;

		if (pcipeek_op_kind(op) != kind)
			break;
		*err = pcipeek_access_take(device, bar, op->offset, op->width,
					   &op->result, &ones);
		if (*err || (ones && pcipeek_doubt_note(&doubt, done)))
			break;
	}
	no_data = pcipeek_doubt_settle(&doubt, &done);
	*err = no_data ?: *err;
	return done;
}
