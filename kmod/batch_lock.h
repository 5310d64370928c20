/* SPDX-License-Identifier: GPL-2.0-only */
/* SPDX-FileCopyrightText: The pcipeek developers */
/*
 * Whose turn it is with a function, among batches that write. Not a mutex: it is
 * waited for interruptibly and for a limited time, and handed on in the order of
 * coming, so that nobody who takes it again and again keeps another waiting.
 */
#ifndef PCIPEEK_BATCH_LOCK_H
#define PCIPEEK_BATCH_LOCK_H

#include <linux/list.h>
#include <linux/spinlock.h>
#include <linux/types.h>

/**
 * struct pcipeek_batch_lock - the turns with one function
 * @spinlock: protects the others
 * @owner: whose it is, or NULL; read without @spinlock by who waits for it
 * @waiters: who comes next
 */
struct pcipeek_batch_lock {
	spinlock_t spinlock; /* protects the others */
	const struct pcipeek_waiter *owner;
	struct list_head waiters;
};

/* One that takes turns; its memory stays until it has released. */
struct pcipeek_waiter {
	struct list_head node;
	struct task_struct *task;
};

void pcipeek_batch_lock_init(struct pcipeek_batch_lock *lock);
/* Wait until ktime @deadline at most; 0 is over. ETIMEDOUT, EINTR */
int pcipeek_batch_lock_take(struct pcipeek_batch_lock *lock, struct pcipeek_waiter *waiter,
			    u64 deadline);
void pcipeek_batch_lock_release(struct pcipeek_batch_lock *lock);

#endif
