// SPDX-License-Identifier: GPL-2.0-only
// SPDX-FileCopyrightText: The pcipeek developers

#include <linux/hrtimer.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>

#include "batch_lock.h"

void pcipeek_batch_lock_init(struct pcipeek_batch_lock *lock)
{
	spin_lock_init(&lock->spinlock);
	INIT_LIST_HEAD(&lock->waiters);
}

static bool batch_lock_take_or_queue(struct pcipeek_batch_lock *lock, struct pcipeek_waiter *waiter)
{
	bool mine;

	waiter->task = current;
	spin_lock(&lock->spinlock);
	mine = !lock->owner;
	if (mine)
		lock->owner = waiter;
	else
		list_add_tail(&waiter->node, &lock->waiters);
	spin_unlock(&lock->spinlock);
	return mine;
}

/* What the owner before us did comes before what we do. */
static bool batch_lock_is_mine(struct pcipeek_batch_lock *lock, const struct pcipeek_waiter *waiter)
{
	/* pairs with the release in pcipeek_batch_lock_release() */
	return smp_load_acquire(&lock->owner) == waiter;
}

/* It may have become ours just now. */
static int batch_lock_give_up(struct pcipeek_batch_lock *lock, struct pcipeek_waiter *waiter,
			      int err)
{
	spin_lock(&lock->spinlock);
	if (lock->owner == waiter)
		err = 0;
	else
		list_del(&waiter->node);
	spin_unlock(&lock->spinlock);
	return err;
}

int pcipeek_batch_lock_take(struct pcipeek_batch_lock *lock, struct pcipeek_waiter *waiter,
			    u64 deadline)
{
	ktime_t until = ns_to_ktime(deadline);
	int err = 0;

	if (batch_lock_take_or_queue(lock, waiter))
		return 0;
	while (!err) {
		set_current_state(TASK_INTERRUPTIBLE);
		if (batch_lock_is_mine(lock, waiter))
			break;
		if (signal_pending(current))
			err = -EINTR;
		else if (!schedule_hrtimeout(&until, HRTIMER_MODE_ABS))
			err = -ETIMEDOUT;
	}
	__set_current_state(TASK_RUNNING);
	return err ? batch_lock_give_up(lock, waiter, err) : 0;
}

/*
 * The next one may return, and be gone with its waiter, as soon as it is the
 * owner: what is needed of it is taken before.
 */
void pcipeek_batch_lock_release(struct pcipeek_batch_lock *lock)
{
	struct pcipeek_waiter *next;
	struct task_struct *task = NULL;

	spin_lock(&lock->spinlock);
	next = list_first_entry_or_null(&lock->waiters, struct pcipeek_waiter, node);
	if (next) {
		list_del(&next->node);
		task = get_task_struct(next->task);
	}
	/* pairs with batch_lock_is_mine(), which does not take the lock */
	smp_store_release(&lock->owner, next);
	spin_unlock(&lock->spinlock);
	if (task) {
		wake_up_process(task);
		put_task_struct(task);
	}
}
