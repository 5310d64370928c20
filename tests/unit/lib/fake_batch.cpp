// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "fake_batch.hpp"
#include "fake_channel.hpp"

#include "kmod/ops.hpp"

#include <algorithm>
#include <cerrno>

// The host of the module's interpreter: a board, and a clock that sleeping moves.
struct pcipeek_host {
	pcipeek::test::FakeBoard &board;
	std::uint64_t rights;
};

namespace pcipeek::test {
namespace {

pcipeek_access to_access(const pcipeek_op &op, std::uint64_t value)
{
	return {.offset = op.offset,
		.value = value,
		.bar = op.bar,
		.width = op.width,
		.flags = 0,
		.reserved = 0};
}

pcipeek_limits limits_of(const FakeBoard &board)
{
	pcipeek_limits limits{};
	for (std::size_t i = 0; i < board.bars.size(); i++)
		limits.bar[i] = {.length = board.bars[i].size(), .max_width = 8};
	return limits;
}

int check_generation(const FakeBoard &board, pcipeek_batch &batch)
{
	const bool another = batch.generation && batch.generation != board.info.generation;
	batch.generation = board.info.generation;
	return another ? EAGAIN : 0;
}

} // namespace

int run_batch(FakeBoard &board, std::uint64_t rights, pcipeek_batch &batch)
{
	const pcipeek_limits limits = limits_of(board);
	pcipeek_host host{board, rights};
	std::uint32_t done = 0;

	board.batches.push_back(batch);
	if (batch.size != sizeof(batch) || batch.op_size != sizeof(pcipeek_op))
		return EINVAL;
	if (const int error = pcipeek_check_batch(&batch, rights))
		return -error;
	Fetched fetched = fetch(batch, rights, limits);
	if (fetched.error)
		return -fetched.error;
	int error = -check_generation(board, batch);
	fetched.ops[0].error = error;
	const std::uint64_t deadline = board.now_ns + batch.timeout_ns;
	if (!error)
		error = pcipeek_interpret(fetched.ops.data(), batch.count, &done, deadline, &host);
	batch.done = done;
	const int lost = pcipeek_ops_store(fetched.ops.data(), &batch);
	return -(error ? error : lost);
}

} // namespace pcipeek::test

extern "C" {

int pcipeek_host_read(pcipeek_host *host, const pcipeek_op *op, __u64 *value)
{
	pcipeek_access access = pcipeek::test::to_access(*op, 0);
	const int error = host->board.read(access, host->rights);
	*value = access.value;
	return -error;
}

int pcipeek_host_write(pcipeek_host *host, const pcipeek_op *op, __u64 value)
{
	return -host->board.write(pcipeek::test::to_access(*op, value), host->rights);
}

__u32 pcipeek_host_row(pcipeek_host *, pcipeek_op *, __u32, int *)
{
	return 0;
}

int pcipeek_host_flush(pcipeek_host *host)
{
	return -host->board.flush();
}

__u64 pcipeek_host_now(pcipeek_host *host)
{
	return host->board.now_ns;
}

int pcipeek_host_sleep(pcipeek_host *host, __u64 time)
{
	return -host->board.sleep_until(time);
}
}
