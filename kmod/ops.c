// SPDX-License-Identifier: GPL-2.0-only
// SPDX-FileCopyrightText: The pcipeek developers

#include <linux/uaccess.h>

#include "ops.h"

static struct pcipeek_op __user *user_op(const struct pcipeek_batch *batch,
					 u32 index)
{
	u64 at = batch->ops + (u64)index * batch->op_size;

	return (struct pcipeek_op __user *)u64_to_user_ptr(at);
}

/*
 * Can the results be stored? Asked before the first operation runs, since what it
 * does cannot be taken back. One field on each page is enough.
 */
static int probe_writable(const struct pcipeek_batch *batch)
{
	u32 step = max_t(u32, PAGE_SIZE / batch->op_size / 2, 1);
	u32 i;

	for (i = 0; i < batch->count; i += step) {
		if (put_user(0, &user_op(batch, i)->error))
			return -EFAULT;
	}
	return put_user(0, &user_op(batch, batch->count - 1)->error);
}

/* In one piece if the caller's operations are of our size. */
int pcipeek_ops_fetch(struct pcipeek_op *ops, const struct pcipeek_batch *batch)
{
	int err = probe_writable(batch);
	u32 i;

	if (err)
		return err;
	if (batch->op_size == sizeof(*ops))
		return copy_from_user(ops, user_op(batch, 0),
				      batch->count * sizeof(*ops)) ?
			       -EFAULT :
			       0;
	for (i = 0; i < batch->count && !err; i++)
		err = copy_struct_from_user(&ops[i], sizeof(*ops),
					    user_op(batch, i), batch->op_size);
	return err;
}

/* Its two fields; of the rest the caller has the original. */
#define STORE(op, user, label) do {                                          \
	struct pcipeek_op __user *_user = (void __user *)(user);             \
									     \
	unsafe_put_user((op)->result, &_user->result, label);                \
	unsafe_put_user((op)->error, &_user->error, label);                  \
} while (0)

int pcipeek_ops_store(const struct pcipeek_op *ops,
		      const struct pcipeek_batch *batch)
{
	const struct pcipeek_op *op = ops, *end = ops + batch->count;
	u64 size = batch->op_size;
	u8 __user *to = u64_to_user_ptr(batch->ops);

	if (!user_write_access_begin(to, batch->count * size))
		return -EFAULT;
	for (; end - op >= 4; op += 4, to += 4 * size) {
		STORE(op, to, fault);
		STORE(op + 1, to + size, fault);
		STORE(op + 2, to + 2 * size, fault);
		STORE(op + 3, to + 3 * size, fault);
	}
	for (; op < end; op++, to += size)
		STORE(op, to, fault);
	user_write_access_end();
	return 0;
fault:
	user_write_access_end();
	return -EFAULT;
}
