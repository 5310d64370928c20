// SPDX-License-Identifier: GPL-2.0-only
// SPDX-FileCopyrightText: The pcipeek developers

#include "alike.h"
#include "ops.h"

static struct pcipeek_op __user *user_op(const struct pcipeek_batch *batch,
					 u32 index)
{
	u64 at = batch->ops + (u64)index * batch->op_size;

	return (struct pcipeek_op __user *)u64_to_user_ptr(at);
}

/* Results between two looks for the end of a row. */
#define PACE 8

/*
 * One of our size, of any kind, and a look at the next, if there is one: does a row
 * begin here? That is a hint, and what it is about is fetched again.
 */
static int fetch_one(struct pcipeek_op *op, struct pcipeek_op __user *user,
		     bool last, bool *row)
{
	const u64 __user *from = (const u64 __user *)user;
	u64 *to = (u64 *)op, next = 0;
	int k;

	if (!user_access_begin(user, sizeof(*op) + (last ? 0 : sizeof(next))))
		return -EFAULT;
	unsafe_put_user(0, &user->error, fault);
#pragma GCC unroll 8
	for (k = 0; k < sizeof(*op) / sizeof(*to); k++)
		unsafe_get_user(to[k], from + k, fault);
	if (!last)
		unsafe_get_user(next, from + k, fault);
	user_access_end();
	*row = next == to[0];
	return 0;
fault:
	user_access_end();
	return -EFAULT;
}

/* One that is longer than ours. */
static int fetch_longer(struct pcipeek_op *op, struct pcipeek_op __user *user,
			u32 size, bool *row)
{
	int err = copy_struct_from_user(op, sizeof(*op), user, size);

	*row = false;
	if (!err && put_user(0, &user->error))
		err = -EFAULT;
	return err;
}

int pcipeek_ops_fetch(struct pcipeek_op *ops, const struct pcipeek_batch *batch,
		      struct pcipeek_checks *checks)
{
	u32 i = 0, left = batch->count, size = batch->op_size;

	while (left) {
		struct pcipeek_op __user *user = user_op(batch, i);
		struct pcipeek_op *op = &ops[i];
		u32 more = 0;
		bool row;
		int err;

		left--;
		if (size == sizeof(*op))
			err = fetch_one(op, user, !left, &row);
		else
			err = fetch_longer(op, user, size, &row);
		if (err)
			return err;
		err = pcipeek_op_check(op, checks);
		if (err) {
			put_user(err, &user->error);
			return err;
		}
		if (row)
			more = pcipeek_alike_fetch(op, user, left,
						   checks->limits);
		pcipeek_op_set_row(op, more);
		left -= more;
		i += 1 + more;
	}
	return 0;
}

/* Of what is done. */
static inline bool has_result(const struct pcipeek_op *op)
{
	return op->code == PCIPEEK_OP_READ || op->code == PCIPEEK_OP_RMW ||
	       op->code == PCIPEEK_OP_POLL;
}

#define STORE(op, user) unsafe_put_user((op)->result, &(user)->result, fault)

/* Row by row: a row has results, or has none. */
static int store_done(const struct pcipeek_op *op,
		      struct pcipeek_op __user *user, u32 done)
{
	const struct pcipeek_op *end = op + done, *next, *whole;
	int k;

	if (!user_write_access_begin(user, done * sizeof(*user)))
		return -EFAULT;
	while (op < end) {
		next = op + min(1 + pcipeek_op_row(op), (u32)(end - op));
		if (!has_result(op)) {
			user += next - op;
			op = next;
		}
		whole = next - (next - op) % PACE;
		for (; op < whole; op += PACE, user += PACE) {
#pragma GCC unroll 8
			for (k = 0; k < PACE; k++)
				STORE(op + k, user + k);
		}
		for (; op < next; op++, user++)
			STORE(op, user);
	}
	user_write_access_end();
	return 0;
fault:
	user_write_access_end();
	return -EFAULT;
}

/* The caller's operations are longer than ours. */
static int store_apart(const struct pcipeek_op *ops,
		       const struct pcipeek_batch *batch)
{
	u32 i;

	for (i = 0; i < batch->done; i++) {
		if (has_result(&ops[i]) &&
		    put_user(ops[i].result, &user_op(batch, i)->result))
			return -EFAULT;
	}
	return 0;
}

/* A READ that failed gives nothing; the others what they read, if they did. */
static int store_failed(const struct pcipeek_op *op,
			struct pcipeek_op __user *user)
{
	if (op->code != PCIPEEK_OP_READ && has_result(op) &&
	    put_user(op->result, &user->result))
		return -EFAULT;
	return put_user(op->error, &user->error);
}

int pcipeek_ops_store(const struct pcipeek_op *ops,
		      const struct pcipeek_batch *batch)
{
	int err;

	if (batch->op_size == sizeof(*ops))
		err = store_done(ops, user_op(batch, 0), batch->done);
	else
		err = store_apart(ops, batch);
	if (!err && batch->done < batch->count)
		err = store_failed(&ops[batch->done],
				   user_op(batch, batch->done));
	return err;
}
