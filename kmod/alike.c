// SPDX-License-Identifier: GPL-2.0-only
// SPDX-FileCopyrightText: The pcipeek developers

#include "alike.h"

/* Operations of a row between two looks for its end. */
#define PACE 8

/**
 * struct likeness - what is so of all operations of the kind of one that was checked
 * @kind: pcipeek_op_kind()
 * @offset: bits that are 0 in an offset
 * @beyond: and in what is as wide as the register
 */
struct likeness {
	u64 kind;
	u64 offset;
	u64 beyond;
};

#define GET(value, field) unsafe_get_user(value, &user->field, fault)

/*
 * Fetch @op, unless it differs or is not well, or is not there: then it is looked
 * at again, and by itself. Each field is loaded once, and what was loaded is what is
 * checked and run. @code is a constant, and says which fields there are. An RMW
 * that fails may have a result, and so comes with the one that its memory has.
 */
static __always_inline bool fetch_alike(struct pcipeek_op *op,
					struct pcipeek_op __user *user,
					const struct likeness *like, u8 code)
{
	u64 wrong, word, offset, value, mask;
	u32 interval;

	unsafe_get_user(word, (u64 __user *)user, fault);
	wrong = word ^ like->kind;
	GET(word, timeout_ns);
	wrong |= word;
	GET(interval, interval_us);
	wrong |= interval;
	GET(word, reserved1);
	wrong |= word;
	GET(value, value);
	GET(mask, mask);
	if (code == PCIPEEK_OP_READ)
		wrong |= value;
	if (code != PCIPEEK_OP_RMW)
		wrong |= mask;
	if (wrong)
		return false;
	if (code != PCIPEEK_OP_READ && value & like->beyond)
		return false;
	if (code == PCIPEEK_OP_RMW && mask & like->beyond)
		return false;
	GET(offset, offset);
	if (offset & like->offset)
		return false;
	memcpy(op, &like->kind, sizeof(like->kind));
	op->offset = offset;
	if (code != PCIPEEK_OP_READ)
		op->value = value;
	if (code == PCIPEEK_OP_RMW) {
		op->mask = mask;
		GET(op->result, result);
	}
	unsafe_put_user(0, &user->error, fault);
	return true;
fault:
	return false;
}

/* As pcipeek_alike_fetch(), with @length that of the BAR and @code a constant. */
static __always_inline u32 fetch_row(struct pcipeek_op *first,
				     struct pcipeek_op __user *user, u32 count,
				     u64 length, u8 code)
{
	u8 width = first->width;
	const struct likeness of = {
		.kind = pcipeek_op_kind(first),
		.offset = ~(length - width),
		.beyond = width < 8 ? ~0ULL << (8 * width) : 0,
	};
	struct pcipeek_op *ops = first + 1;
	struct pcipeek_op *op = ops, *end = ops + count;
	struct pcipeek_op *whole = ops + round_down(count, PACE);
	int k;

	if (!user_access_begin(user, count * sizeof(*user)))
		return 0;
	for (; op < whole; op += PACE, user += PACE) {
#pragma GCC unroll 8
		for (k = 0; k < PACE; k++) {
			if (fetch_alike(op + k, user + k, &of, code))
				continue;
			op += k;
			goto out;
		}
	}
	while (op < end && fetch_alike(op, user, &of, code)) {
		op++;
		user++;
	}
out:
	user_access_end();
	return op - ops;
}

/* Apart, so that each has the registers for itself. */
static noinline u32 fetch_reads(struct pcipeek_op *first,
				struct pcipeek_op __user *user, u32 count,
				u64 length)
{
	return fetch_row(first, user, count, length, PCIPEEK_OP_READ);
}

static noinline u32 fetch_writes(struct pcipeek_op *first,
				 struct pcipeek_op __user *user, u32 count,
				 u64 length)
{
	return fetch_row(first, user, count, length, PCIPEEK_OP_WRITE);
}

static noinline u32 fetch_updates(struct pcipeek_op *first,
				  struct pcipeek_op __user *user, u32 count,
				  u64 length)
{
	return fetch_row(first, user, count, length, PCIPEEK_OP_RMW);
}

/*
 * A BAR has a power of two as its length (PCI Local Bus Specification 3.0, 6.2.5.1)
 * unless its function enumerates its resources in another way. Then an offset is
 * right if some bits of it are 0.
 */
u32 pcipeek_alike_fetch(struct pcipeek_op *op, struct pcipeek_op __user *user,
			u32 count, const struct pcipeek_limits *limits)
{
	u64 length = limits->bar[op->bar].length;

	if (!is_power_of_2(length))
		return 0;
	switch (op->code) {
	case PCIPEEK_OP_READ:
		return fetch_reads(op, user + 1, count, length);
	case PCIPEEK_OP_WRITE:
		return fetch_writes(op, user + 1, count, length);
	case PCIPEEK_OP_RMW:
		return fetch_updates(op, user + 1, count, length);
	default:
		return 0;
	}
}
