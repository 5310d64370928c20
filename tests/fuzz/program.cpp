// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
//
// kmod/program.c: batches are refused as the contract says, and those that are not do
// what they say, once, and account for it.
#include "host.hpp"
#include "program_model.hpp"

#include <cstddef>
#include <cstring>
#include <vector>

namespace pcipeek::fuzz {

namespace {

using Ops = std::vector<pcipeek_op>;

/* The first refusal is where the check stops; before it, and without one, all is well. */
void claim_checked(const Ops &ops, const pcipeek_batch &batch, const pcipeek_host &host, int error)
{
	Wide delays = 0;

	for (const auto &op : ops) {
		int expected = model_op(op, host.rights, host.limits);

		delays += op.code == PCIPEEK_OP_DELAY ? op.timeout_ns : 0;
		if (!expected && (op.timeout_ns > batch.timeout_ns || delays > batch.timeout_ns))
			expected = -EINVAL;
		claim(op.error == expected, "each operation is checked as the contract says");
		if (expected)
			return claim(error == expected, "the first refusal is the answer");
	}
	claim(error == 0, "what is refused has a reason");
}

void claim_same(const pcipeek_op &ran, const pcipeek_op &asked)
{
	pcipeek_op same = asked;

	same.result = ran.result;
	same.error = ran.error;
	claim(std::memcmp(&same, &ran, sizeof(same)) == 0, "inputs are left alone");
}

/* One operation by itself: its side effects, its result, its time. */
int run_one(pcipeek_op &op, pcipeek_host &host)
{
	const pcipeek_op asked = op;
	const std::uint64_t start = host.now;
	std::uint32_t done = 77;
	host.reads = host.writes = host.flushes = host.sleeps = 0;
	const int error = pcipeek_program_run(&op, 1, &done, host.deadline, &host);
	const bool poll = op.code == PCIPEEK_OP_POLL;
	const bool reads = poll || op.code == PCIPEEK_OP_READ || op.code == PCIPEEK_OP_RMW;

	claim_same(op, asked);
	claim(done == (error ? 0 : 1) && op.error == error, "done and error agree");
	claim(host.writes <= (changes(op) ? 1U : 0U), "writes at most once");
	claim(poll || host.reads <= (reads ? 1U : 0U), "reads at most once, unless it polls");
	claim(host.reads > 0 ? op.result == host.seen : op.result == asked.result,
	      "the result is what was read");
	claim(poll || op.code == PCIPEEK_OP_DELAY || host.sleeps == 0, "only waits wait");
	if (!error) {
		claim((host.reads > 0) == reads, "what succeeded has read");
		claim((host.writes > 0) == changes(op), "what succeeded has written");
		claim((host.flushes > 0) == (op.code == PCIPEEK_OP_FLUSH), "or flushed");
		claim(op.code != PCIPEEK_OP_DELAY || host.now - start >= op.timeout_ns,
		      "a delay is not too short");
	}
	if (poll && (!error || error == -ETIMEDOUT))
		claim((((op.result & op.mask) == op.value) != (op.flags != 0)) == !error,
		      "a poll ends as its register is");
	if (poll && error == -ETIMEDOUT)
		claim(host.now >= std::min<std::uint64_t>(start + op.timeout_ns, host.deadline),
		      "a poll does not give up early");
	return error;
}

/* The whole, and its operations one by one, do the same. */
void run(Ops ops, const pcipeek_host &host)
{
	Ops each = ops;
	pcipeek_host host_of_all = host;
	pcipeek_host host_of_each = host;
	std::uint32_t done = 77;
	std::uint32_t i = 0;
	const auto count = static_cast<std::uint32_t>(ops.size());
	const int error =
		pcipeek_program_run(ops.data(), count, &done, host.deadline, &host_of_all);

	while (i < count && run_one(each[i], host_of_each) == 0)
		++i;
	claim(done == i && (error == 0) == (done == count), "done counts what succeeded");
	claim(error == 0 || ops[done].error == error, "the failure is told where it was");
	claim(std::memcmp(ops.data(), each.data(), count * sizeof(pcipeek_op)) == 0,
	      "operations run in order, and none after the first failure");
}

/* Half of the batches do the same again and again, for which the module has a short way. */
Ops take_ops(Input &in)
{
	constexpr unsigned most = 8;
	const auto choice = in.take<std::uint8_t>();
	Ops ops(choice % most + 1);

	for (auto &op : ops) {
		op = in.take<pcipeek_op>();
		op.error = 0;
		if (choice & 0x80)
			std::memcpy(&op, ops.data(), offsetof(pcipeek_op, offset));
	}
	return ops;
}

} // namespace

} // namespace pcipeek::fuzz

int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
	using namespace pcipeek::fuzz;

	Input in(data, size);
	const auto rights = in.take<std::uint64_t>();
	auto batch = in.take<pcipeek_batch>();
	const auto limits = take_limits(in);
	Ops ops = take_ops(in);
	pcipeek_host host{.answers = in, .limits = limits, .rights = rights, .now = 1000000};

	claim(pcipeek_check_batch(&batch, rights) == model_batch(batch, rights),
	      "a batch is checked as the contract says");
	batch.count = static_cast<std::uint32_t>(ops.size());
	if (model_batch(batch, rights) != 0)
		return 0;
	bool writes = false;
	const int error = pcipeek_program_check(ops.data(), &batch, rights, &limits, &writes);
	claim_checked(ops, batch, host, error);
	claim(error != 0 || writes == std::any_of(ops.begin(), ops.end(), changes),
	      "what changes a register is known to");
	if (batch.timeout_ns != 0)
		host.deadline = host.now + batch.timeout_ns;
	if (error == 0)
		run(std::move(ops), host);
	return 0;
}
