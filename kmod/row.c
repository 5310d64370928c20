// SPDX-License-Identifier: GPL-2.0-only
// SPDX-FileCopyrightText: The pcipeek developers

#include "access.h"
#include "program.h"
#include "row.h"

/* Operations between two looks at the time. */
#define PACE 16

/* One operation; @code and @width are constants. -EIO if what was read is no data. */
static __always_inline int run_one(struct pcipeek_device *device,
				   struct pcipeek_bar *bar, void __iomem *base,
				   struct pcipeek_op *op, u8 code, u8 width)
{
	void __iomem *at = base + op->offset;
	u64 old = 0;
	bool ones;
	int err;

	if (code != PCIPEEK_OP_WRITE) {
		old = pcipeek_load_memory(at, width, &ones);
		op->result = old;
		if (unlikely(ones)) {
			err = pcipeek_guard_ask(device, bar);
			if (err)
				return err;
		}
	}
	if (code == PCIPEEK_OP_RMW)
		pcipeek_store_memory(at, width, pcipeek_op_updated(op, old));
	if (code == PCIPEEK_OP_WRITE)
		pcipeek_store_memory(at, width, op->value);
	return 0;
}

static __always_inline u32 run_all(struct pcipeek_device *device,
				   struct pcipeek_bar *bar,
				   struct pcipeek_op *ops, u32 count,
				   unsigned long since, int *err, u8 code,
				   u8 width)
{
	struct pcipeek_op *op = ops, *end = ops + count;
	struct pcipeek_op *whole = ops + round_down(count, PACE);
	void __iomem *base = bar->base;
	int k, error = 0;

	while (op < whole && pcipeek_this_jiffy(since)) {
#pragma GCC unroll 16
		for (k = 0; k < PACE; k++) {
			error = run_one(device, bar, base, op + k, code, width);
			if (unlikely(error)) {
				*err = error;
				return op + k - ops;
			}
		}
		op += PACE;
	}
	if (op < whole || !pcipeek_this_jiffy(since))
		return op - ops;
	for (; op < end; op++) {
		error = run_one(device, bar, base, op, code, width);
		if (unlikely(error))
			break;
	}
	*err = error;
	return op - ops;
}

/* @code is a constant, and so each case has its own loop. */
static __always_inline u32 run_of_width(struct pcipeek_device *device,
					struct pcipeek_bar *bar,
					struct pcipeek_op *ops, u32 count,
					unsigned long since, int *err, u8 code)
{
	switch (ops[0].width) {
	case 1:
		return run_all(device, bar, ops, count, since, err, code, 1);
	case 2:
		return run_all(device, bar, ops, count, since, err, code, 2);
#ifdef readq
	case 8:
		return run_all(device, bar, ops, count, since, err, code, 8);
#endif
	default:
		return run_all(device, bar, ops, count, since, err, code, 4);
	}
}

u32 pcipeek_row_run(struct pcipeek_device *device, struct pcipeek_bar *bar,
		    struct pcipeek_op *ops, u32 count, unsigned long since,
		    int *err)
{
	switch (ops[0].code) {
	case PCIPEEK_OP_READ:
		return run_of_width(device, bar, ops, count, since, err,
				    PCIPEEK_OP_READ);
	case PCIPEEK_OP_WRITE:
		return run_of_width(device, bar, ops, count, since, err,
				    PCIPEEK_OP_WRITE);
	default:
		return run_of_width(device, bar, ops, count, since, err,
				    PCIPEEK_OP_RMW);
	}
}
