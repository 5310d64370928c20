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
		pcipeek_store_memory(at, width,
				     (old & ~op->mask) | (op->value & op->mask));
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
	void __iomem *base = bar->base;
	u64 kind = pcipeek_op_kind(ops);
	int k, error = 0;

	while (end - op >= PACE && pcipeek_this_jiffy(since)) {
#pragma GCC unroll 16
		for (k = 0; k < PACE; k++) {
			if (pcipeek_op_kind(op + k) != kind)
				return op + k - ops;
			error = run_one(device, bar, base, op + k, code, width);
			if (unlikely(error)) {
				*err = error;
				return op + k - ops;
			}
		}
		op += PACE;
	}
	for (; op < end && pcipeek_this_jiffy(since); op++) {
		if (pcipeek_op_kind(op) != kind)
			break;
		error = run_one(device, bar, base, op, code, width);
		if (unlikely(error))
			break;
	}
	*err = error;
	return op - ops;
}

#define RUN(code, width) \
	run_all(device, bar, ops, count, since, err, code, width)

#ifdef readq
#define RUN_8(code) RUN(code, 8)
#else
#define RUN_8(code) 0
#endif

#define RUN_OF_WIDTH(code) ({                                                 \
	u32 _done;                                                            \
									      \
	switch (ops[0].width) {                                               \
	case 1:                                                               \
		_done = RUN(code, 1);                                         \
		break;                                                        \
	case 2:                                                               \
		_done = RUN(code, 2);                                         \
		break;                                                        \
	case 8:                                                               \
		_done = RUN_8(code);                                          \
		break;                                                        \
	default:                                                              \
		_done = RUN(code, 4);                                         \
		break;                                                        \
	}                                                                     \
	_done;                                                                \
})

u32 pcipeek_row_run(struct pcipeek_device *device, struct pcipeek_bar *bar,
		    struct pcipeek_op *ops, u32 count, unsigned long since,
		    int *err)
{
	switch (ops[0].code) {
	case PCIPEEK_OP_READ:
		return RUN_OF_WIDTH(PCIPEEK_OP_READ);
	case PCIPEEK_OP_WRITE:
		return RUN_OF_WIDTH(PCIPEEK_OP_WRITE);
	default:
		return RUN_OF_WIDTH(PCIPEEK_OP_RMW);
	}
}
