// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "host.hpp"

extern "C" {

int pcipeek_host_read(pcipeek_host *host, const pcipeek_op *op, __u64 *value)
{
	host->check(op, 0);
	if (const int error = host->answer())
		return error;
	++host->reads;
	host->now += host->answers.take<std::uint16_t>();
	host->seen = host->answers.take<std::uint64_t>();
	if (op->width < 8)
		host->seen &= (std::uint64_t{1} << (8 * op->width)) - 1;
	*value = host->seen;
	return 0;
}

int pcipeek_host_write(pcipeek_host *host, const pcipeek_op *op, __u64 value)
{
	using pcipeek::fuzz::claim;

	host->check(op, PCIPEEK_RIGHT_WRITE);
	claim(pcipeek::fuzz::fits(value, op->width), "what is written fits");
	if (op->code == PCIPEEK_OP_RMW)
		claim(((value ^ op->value) & op->mask) == 0 &&
			      ((value ^ host->seen) & ~op->mask) == 0,
		      "only the bits of the mask change");
	else
		claim(op->code == PCIPEEK_OP_WRITE && value == op->value, "the value is written");
	if (const int error = host->answer())
		return error;
	++host->writes;
	return 0;
}

/* There is no faster way here. */
__u32 pcipeek_host_row(pcipeek_host *, pcipeek_op *, __u32, int *)
{
	return 0;
}

int pcipeek_host_flush(pcipeek_host *host)
{
	if (const int error = host->answer())
		return error;
	++host->flushes;
	return 0;
}

__u64 pcipeek_host_now(pcipeek_host *host)
{
	return host->now;
}

/* Takes longer than it was asked for, as a rule, and is interrupted in the end. */
int pcipeek_host_sleep(pcipeek_host *host, __u64 time)
{
	pcipeek::fuzz::claim(time <= host->deadline, "nothing sleeps past the end");
	++host->sleeps;
	if (host->patience-- == 0)
		return -EINTR;
	if (const int error = host->answer())
		return error;
	host->now = std::max<std::uint64_t>(host->now, time) + host->answers.take<std::uint16_t>();
	return 0;
}
}
