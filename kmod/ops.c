// SPDX-License-Identifier: GPL-2.0-only
// SPDX-FileCopyrightText: The pcipeek developers

#include "ops.h"

static struct pcipeek_op __user *user_op(const struct pcipeek_batch *batch,
					 u32 index)
{
	u64 at = batch->ops + (u64)index * batch->op_size;

	return (struct pcipeek_op __user *)u64_to_user_ptr(at);
}

/* Of our size, as all are today: in one go. */
static int copy_in(struct pcipeek_op *ops, const struct pcipeek_batch *batch)
{
	u32 i;
	int err = 0;

	if (batch->op_size == sizeof(*ops)) {
		if (copy_from_user(ops, user_op(batch, 0), batch->count * sizeof(*ops)))
			err = -EFAULT;
		return err;
	}
	for (i = 0; i < batch->count && !err; i++)
		err = copy_struct_from_user(&ops[i], sizeof(*ops), user_op(batch, i),
					    batch->op_size);
	return err;
}

static __s32 __user *user_error(u64 at)
{
	return (__s32 __user *)u64_to_user_ptr(at);
}

static int clear_errors(const struct pcipeek_batch *batch)
{
	u64 at = batch->ops, size = batch->op_size;
	u32 left = batch->count;
	int k;

	if (!user_write_access_begin(u64_to_user_ptr(at), left * size))
		return -EFAULT;
	at += offsetof(struct pcipeek_op, error);
	for (; size == sizeof(struct pcipeek_op) && left >= PCIPEEK_PACE;
	     left -= PCIPEEK_PACE) {
#pragma GCC unroll 16
		for (k = 0; k < PCIPEEK_PACE; k++)
			unsafe_put_user(0, user_error(at + k * sizeof(struct pcipeek_op)),
					fault);
		at += PCIPEEK_PACE * sizeof(struct pcipeek_op);
	}
	for (; left; left--, at += size)
		unsafe_put_user(0, user_error(at), fault);
	user_write_access_end();
	return 0;
fault:
	user_write_access_end();
	return -EFAULT;
}

int pcipeek_ops_fetch(struct pcipeek_op *ops, const struct pcipeek_batch *batch,
		      struct pcipeek_checks *checks)
{
	u32 refused;
	int err = copy_in(ops, batch);

	if (!err)
		err = clear_errors(batch);
	if (err)
		return err;
	err = pcipeek_ops_check(ops, batch->count, checks, &refused);
	if (err)
		put_user(err, &user_op(batch, refused)->error);
	return err;
}

#define RESULTS (BIT(PCIPEEK_OP_READ) | BIT(PCIPEEK_OP_RMW) | BIT(PCIPEEK_OP_POLL))

/* Of what was checked, and is done. */
static inline bool has_result(const struct pcipeek_op *op)
{
	return RESULTS >> op->code & 1;
}

static int store_done(const struct pcipeek_op *op,
		      struct pcipeek_op __user *user, u32 done)
{
	int k;

	if (!user_write_access_begin(user, done * sizeof(*user)))
		return -EFAULT;
	for (; done >= PCIPEEK_PACE; done -= PCIPEEK_PACE) {
#pragma GCC unroll 16
		for (k = 0; k < PCIPEEK_PACE; k++) {
			if (has_result(op + k))
				unsafe_put_user(op[k].result, &user[k].result, fault);
		}
		op += PCIPEEK_PACE;
		user += PCIPEEK_PACE;
	}
	for (; done; done--, op++, user++) {
		if (has_result(op))
			unsafe_put_user(op->result, &user->result, fault);
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
