// SPDX-License-Identifier: GPL-2.0-only
// SPDX-FileCopyrightText: The pcipeek developers

#include <linux/hrtimer.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>

#include "turn.h"

void pcipeek_turn_init(struct pcipeek_turn *turn)
{
	spin_lock_init(&turn->lock);
	INIT_LIST_HEAD(&turn->waiters);
}

static bool take_or_queue(struct pcipeek_turn *turn,
			  struct pcipeek_waiter *waiter)
{
	bool mine;

	waiter->task = current;
	spin_lock(&turn->lock);
	mine = !turn->owner;
	if (mine)
		turn->owner = waiter;
	else
		list_add_tail(&waiter->node, &turn->waiters);
	spin_unlock(&turn->lock);
	return mine;
}

/* What the owner before us did comes before what we do. */
static bool is_mine(struct pcipeek_turn *turn,
		    const struct pcipeek_waiter *waiter)
{
	/* pairs with the release in pcipeek_turn_release() */
	return smp_load_acquire(&turn->owner) == waiter;
}

/* It may have become ours just now. */
static int give_up(struct pcipeek_turn *turn, struct pcipeek_waiter *waiter,
		   int err)
{
	spin_lock(&turn->lock);
	if (turn->owner == waiter)
		err = 0;
	else
		list_del(&waiter->node);
	spin_unlock(&turn->lock);
	return err;
}

int pcipeek_turn_take(struct pcipeek_turn *turn, struct pcipeek_waiter *waiter,
		      u64 deadline)
{
	ktime_t until = ns_to_ktime(deadline);
	int err = 0;

	if (take_or_queue(turn, waiter))
		return 0;
	while (!err) {
		set_current_state(TASK_INTERRUPTIBLE);
		if (is_mine(turn, waiter))
			break;
		if (signal_pending(current))
			err = -EINTR;
		else if (!schedule_hrtimeout(&until, HRTIMER_MODE_ABS))
			err = -ETIMEDOUT;
	}
	__set_current_state(TASK_RUNNING);
	return err ? give_up(turn, waiter, err) : 0;
}

/*
 * The next one may return, and be gone with its waiter, as soon as it is the
 * owner: what is needed of it is taken before.
 */
void pcipeek_turn_release(struct pcipeek_turn *turn)
{
	struct pcipeek_waiter *next;
	struct task_struct *task = NULL;

	spin_lock(&turn->lock);
	next = list_first_entry_or_null(&turn->waiters, struct pcipeek_waiter,
					node);
	if (next) {
		list_del(&next->node);
		task = get_task_struct(next->task);
	}
	/* pairs with is_mine(), which does not take the lock */
	smp_store_release(&turn->owner, next);
	spin_unlock(&turn->lock);
	if (task) {
		wake_up_process(task);
		put_task_struct(task);
	}
}
