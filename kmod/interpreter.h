/* SPDX-License-Identifier: GPL-2.0-only */
/* SPDX-FileCopyrightText: The pcipeek developers */
/*
 * The batch interpreter. Pure, as validate.h is: it reaches a device, a clock and other
 * batches only through its host. That is batch.c in the module; a test has its own.
 */
#ifndef PCIPEEK_INTERPRETER_H
#define PCIPEEK_INTERPRETER_H

#include "program.h"

struct pcipeek_host;

/* One access of a register that a checked operation names. ENODEV, EAGAIN, ... */
int pcipeek_host_read(struct pcipeek_host *host, const struct pcipeek_op *op,
		      u64 *value);
int pcipeek_host_write(struct pcipeek_host *host, const struct pcipeek_op *op,
		       u64 value);
/*
 * Run as many of the @count checked @ops as are of the kind of the first and can be run
 * in one loop, which may be none. Returns how many; @err: what the next one failed with.
 */
u32 pcipeek_host_row(struct pcipeek_host *host, struct pcipeek_op *ops,
		     u32 count, int *err);
/* Wait until the function has all writes. */
int pcipeek_host_flush(struct pcipeek_host *host);
/* Nanoseconds, from anywhere; never goes back. */
u64 pcipeek_host_now(struct pcipeek_host *host);
/*
 * Let others in and sleep until @time, which may be over. EINTR; ETIMEDOUT: others
 * are in for longer than the batch has time.
 */
int pcipeek_host_sleep(struct pcipeek_host *host, u64 time);

/*
 * Run checked operations in order, each once, until one fails: its @error is
 * returned. @done counts those before it. @deadline: when the time of the batch is
 * over, U64_MAX for never.
 */
int pcipeek_interpret(struct pcipeek_op *ops, u32 count, u32 *done,
		      u64 deadline, struct pcipeek_host *host);

#endif
