/* SPDX-License-Identifier: GPL-2.0-only */
/* SPDX-FileCopyrightText: The pcipeek developers */
/*
 * The batch interpreter. Pure: it reaches a device, a clock and other batches only
 * through the host below, which is batch.c in the module and a test's own in user
 * space.
 */
#ifndef PCIPEEK_PROGRAM_H
#define PCIPEEK_PROGRAM_H

#include "validate.h"

struct pcipeek_host;

/* One access of a register that a checked operation names. ENODEV, EAGAIN, ... */
int pcipeek_host_read(struct pcipeek_host *host, const struct pcipeek_op *op,
		      u64 *value);
int pcipeek_host_write(struct pcipeek_host *host, const struct pcipeek_op *op,
		       u64 value);
/* Wait until the function has all writes. */
int pcipeek_host_flush(struct pcipeek_host *host);
/* Nanoseconds, from anywhere; never goes back. */
u64 pcipeek_host_now(struct pcipeek_host *host);
/*
 * Let others in and sleep until @time, which may be over. EINTR; ETIMEDOUT: others
 * are in for longer than the batch has time.
 */
int pcipeek_host_sleep(struct pcipeek_host *host, u64 time);

/* The form of a batch, before its operations are looked at. */
int pcipeek_check_batch(const struct pcipeek_batch *batch, u64 rights);

/*
 * All operations of @batch; the first that is refused gets its @error, which is
 * returned. The @error of the others is cleared.
 */
int pcipeek_program_check(struct pcipeek_op *ops,
			  const struct pcipeek_batch *batch, u64 rights,
			  const struct pcipeek_limits *limits);

/* Does it change anything? */
bool pcipeek_program_writes(const struct pcipeek_op *ops, u32 count);

/*
 * Run checked operations in order, each once, until one fails: its @error is
 * returned. @done counts those before it. @deadline: when the time of the batch is
 * over, U64_MAX for never.
 */
int pcipeek_program_run(struct pcipeek_op *ops, u32 count, u32 *done,
			u64 deadline, struct pcipeek_host *host);

#endif
