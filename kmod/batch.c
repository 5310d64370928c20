// SPDX-License-Identifier: GPL-2.0-only
// SPDX-FileCopyrightText: The pcipeek developers
/*
 * BATCH: the host of the interpreter.
 */
#include <linux/sched/signal.h>
#include <linux/timekeeping.h>
#include <linux/wait.h>

#include "access.h"
#include "batch.h"
#include "guard.h"
#include "interpreter.h"
#include "ops.h"
#include "rights.h"
#include "row.h"
#include "scratch.h"

/* Nobody is kept from resetting or removing a function for longer than this. */
#define SECTION_MAX 256

/* For FLUSH, which goes to the function. */
#define NO_BAR PCIPEEK_BAR_COUNT

/**
 * struct pcipeek_host - one running batch
 * @file: whose it is
 * @device: of @file
 * @generation: 0, or the one that it must be
 * @deadline: when its time is over
 * @writes: it is refused under lockdown
 * @hold: it keeps its turn while it sleeps
 * @owner: it is its turn
 * @waiter: for the turns
 * @inside: it is inside the guard
 * @bar: the one that it went inside for, or NULL for none
 * @left: how many more accesses and FLUSHes it may make there
 * @since: the jiffy in which it went inside
 */
struct pcipeek_host {
	struct pcipeek_file *file;
	struct pcipeek_device *device;
	u64 generation;
	u64 deadline;
	bool writes;
	bool hold;
	bool owner;
	struct pcipeek_waiter waiter;
	bool inside;
	struct pcipeek_bar *bar;
	unsigned int left;
	unsigned long since;
};

u64 pcipeek_host_now(struct pcipeek_host *host)
{
	return ktime_get_ns();
}

static void batch_leave(struct pcipeek_host *host)
{
	if (host->inside)
		pcipeek_guard_leave(host->device);
	host->inside = false;
	host->bar = NULL;
}

static int check_generation(struct pcipeek_host *host)
{
	if (host->generation && host->generation != host->device->generation)
		return -EAGAIN;
	host->generation = host->device->generation;
	return 0;
}

static int enter_guard(struct pcipeek_host *host, unsigned int bar)
{
	if (bar == NO_BAR)
		return pcipeek_guard_enter_function(host->device);
	host->bar = pcipeek_device_bar(host->device, bar);
	return pcipeek_access_enter(host->device, host->bar);
}

/* A section is over: let others reset or remove the function, then go on. */
static noinline int batch_next_section(struct pcipeek_host *host, unsigned int bar)
{
	bool late = host->inside && pcipeek_host_now(host) >= host->deadline;
	int err;

	batch_leave(host);
	cond_resched();
	if (signal_pending(current))
		return -EINTR;
	if (late)
		return -ETIMEDOUT;
	err = pcipeek_rights_still_held(host->file, host->writes, bar);
	if (!err)
		err = enter_guard(host, bar);
	if (err)
		return err;
	host->inside = true;
	host->left = SECTION_MAX - 1;
	host->since = jiffies;
	return check_generation(host);
}

static inline bool may_go_on(const struct pcipeek_host *host)
{
	return host->left && pcipeek_this_jiffy(host->since);
}

/* That a function can answer for a BAR holds for the rest of a jiffy. */
static inline bool may_access(const struct pcipeek_host *host,
			      const struct pcipeek_op *op)
{
	return host->bar == &host->device->bar[op->bar] && may_go_on(host);
}

static inline int batch_enter(struct pcipeek_host *host, const struct pcipeek_op *op)
{
	if (unlikely(!may_access(host, op)))
		return batch_next_section(host, op->bar);
	host->left--;
	return 0;
}

int pcipeek_host_read(struct pcipeek_host *host, const struct pcipeek_op *op,
		      u64 *value)
{
	int err = batch_enter(host, op);

	if (unlikely(err))
		return err;
	return pcipeek_access_load(host->device, host->bar, op->offset,
				   op->width, value);
}

int pcipeek_host_write(struct pcipeek_host *host, const struct pcipeek_op *op,
		       u64 value)
{
	int err = batch_enter(host, op);

	if (unlikely(err))
		return err;
	return pcipeek_access_store(host->device, host->bar, op->offset,
				    op->width, value);
}

u32 pcipeek_host_row(struct pcipeek_host *host, struct pcipeek_op *ops,
		     u32 count, int *err)
{
	u32 done;

	if (!may_access(host, ops))
		return 0;
	count = min(count, host->left);
	if (pcipeek_access_is_plain(host->bar))
		done = pcipeek_row_run(host->device, host->bar, ops, count,
				       host->since, err);
	else if (ops->code == PCIPEEK_OP_READ)
		done = pcipeek_row_read_slowly(host->device, host->bar, ops,
					       count, host->since, err);
	else
		return 0;
	host->left -= done;
	return done;
}

/* As dear as an access, and counted as one. */
int pcipeek_host_flush(struct pcipeek_host *host)
{
	int err = 0;

	if (!host->inside || !may_go_on(host))
		err = batch_next_section(host, NO_BAR);
	else
		host->left--;
	return err ?: pcipeek_guard_flush(host->device);
}

/* Until @time, or the end of the attachment. */
static int batch_sleep(struct pcipeek_host *host, u64 time)
{
	u64 now = ktime_get_ns();
	int err;

	if (time <= now)
		return signal_pending(current) ? -EINTR : 0;
	err = wait_event_interruptible_hrtimeout(host->device->events,
						 pcipeek_device_ended(host->device),
						 ns_to_ktime(time - now));
	if (err == -ETIME)
		return 0;
	return err ? -EINTR : -ENODEV;
}

static int batch_take_lock(struct pcipeek_host *host, u64 deadline)
{
	int err = pcipeek_batch_lock_take(&host->device->batch_lock, &host->waiter, deadline);

	host->owner = !err;
	return err;
}

static void batch_release_lock(struct pcipeek_host *host)
{
	if (host->owner)
		pcipeek_batch_lock_release(&host->device->batch_lock);
	host->owner = false;
}

int pcipeek_host_sleep(struct pcipeek_host *host, u64 time)
{
	bool yield = host->owner && !host->hold;
	int err;

	batch_leave(host);
	if (yield)
		batch_release_lock(host);
	err = batch_sleep(host, time);
	if (yield && !err)
		err = batch_take_lock(host, host->deadline);
	return err;
}

/* A batch without time does not wait for its turn, either. */
static int batch_run(struct pcipeek_host *host, struct pcipeek_op *ops, struct pcipeek_batch *batch)
{
	bool exclusive = host->writes || host->hold;
	int err;

	if (batch->timeout_ns)
		host->deadline = ktime_get_ns() + batch->timeout_ns;
	if (exclusive) {
		err = batch_take_lock(host, batch->timeout_ns ? host->deadline : 0);
		if (err) {
			ops[0].error = err;
			return err;
		}
	}
	err = pcipeek_interpret(ops, batch->count, &batch->done,
				host->deadline, host);
	batch_leave(host);
	batch_release_lock(host);
	return err;
}

static int batch_fetch_and_run(struct pcipeek_file *file, struct pcipeek_op *ops,
			       struct pcipeek_batch *batch)
{
	struct pcipeek_checks checks = {
		.rights = READ_ONCE(file->rights),
		.limits = &file->device->limits,
		.timeout = batch->timeout_ns,
	};
	struct pcipeek_host host = {
		.file = file,
		.device = file->device,
		.generation = batch->generation,
		.deadline = U64_MAX,
		.hold = batch->flags & PCIPEEK_BATCH_HOLD,
	};
	int err = pcipeek_ops_fetch(ops, batch, &checks);
	int lost;

	if (err)
		return err;
	host.writes = checks.writes;
	err = batch_run(&host, ops, batch);
	batch->generation = host.generation;
	lost = pcipeek_ops_store(ops, batch);
	return err ?: lost;
}

static int check_op_size(u32 op_size)
{
	if (op_size < sizeof(struct pcipeek_op))
		return -EINVAL;
	return op_size > PAGE_SIZE ? -E2BIG : 0;
}

int pcipeek_batch_run(struct pcipeek_file *file, struct pcipeek_batch *batch)
{
	struct pcipeek_op *ops;
	size_t bytes;
	int err;

	batch->done = 0;
	err = pcipeek_check_batch(batch, READ_ONCE(file->rights));
	if (!err)
		err = check_op_size(batch->op_size);
	if (err)
		return err;
	bytes = batch->count * sizeof(*ops);
	ops = pcipeek_scratch_take(file, bytes);
	if (!ops)
		return -ENOMEM;
	err = batch_fetch_and_run(file, ops, batch);
	pcipeek_scratch_leave(file, ops, bytes);
	return err;
}
