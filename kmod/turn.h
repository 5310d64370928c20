/* SPDX-License-Identifier: GPL-2.0-only */
/* SPDX-FileCopyrightText: The pcipeek developers */
/*
 * Whose turn it is with a function, among batches that write. Not a mutex: it is
 * waited for interruptibly and for a limited time, and handed on in the order of
 * coming, so that nobody who takes it again and again keeps another waiting.
 */
#ifndef PCIPEEK_TURN_H
#define PCIPEEK_TURN_H

#include <linux/list.h>
#include <linux/spinlock.h>
#include <linux/types.h>

/**
 * struct pcipeek_turn - the turns with one function
 * @lock: both others
 * @owner: whose it is, or NULL; read without @lock by who waits for it
 * @waiters: who comes next
 */
struct pcipeek_turn {
	spinlock_t lock; /* both others */
	const struct pcipeek_waiter *owner;
	struct list_head waiters;
};

/* One that takes turns; its memory stays until it has released. */
struct pcipeek_waiter {
	struct list_head node;
	struct task_struct *task;
};

void pcipeek_turn_init(struct pcipeek_turn *turn);
/* Wait until ktime @deadline at most; 0 is over. ETIMEDOUT, EINTR */
int pcipeek_turn_take(struct pcipeek_turn *turn, struct pcipeek_waiter *waiter,
		      u64 deadline);
void pcipeek_turn_release(struct pcipeek_turn *turn);

#endif
