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
	const int error = pcipeek_interpret(&op, 1, &done, host.deadline, &host);
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

/* What the module has of an operation is what the caller has of it. */
void claim_fetched(const Ops &ops, const Ops &fetched)
{
	claim(std::memcmp(ops.data(), fetched.data(), ops.size() * sizeof(pcipeek_op)) == 0,
	      "it is a copy");
}

/* The whole, and its operations one by one, do the same. Returns how many. */
std::uint32_t run(Ops &ops, const pcipeek_host &host)
{
	Ops each = ops;
	pcipeek_host host_of_all = host;
	pcipeek_host host_of_each = host;
	std::uint32_t done = 77;
	std::uint32_t i = 0;
	const auto count = static_cast<std::uint32_t>(ops.size());
	const int error = pcipeek_interpret(ops.data(), count, &done, host.deadline, &host_of_all);

	while (i < count && run_one(each[i], host_of_each) == 0)
		++i;
	claim(done == i && (error == 0) == (done == count), "done counts what succeeded");
	claim(error == 0 || ops[done].error == error, "the failure is told where it was");
	claim(std::memcmp(ops.data(), each.data(), count * sizeof(pcipeek_op)) == 0,
	      "operations run in order, and none after the first failure");
	return done;
}

/* Nothing of the caller's operations changes but the results and one error. */
void claim_stored(Ops &ops, const Ops &ran, pcipeek_batch &batch)
{
	const Ops before = ops;

	claim(pcipeek_ops_store(ran.data(), &batch) == 0, "results are stored");
	for (std::size_t i = 0; i < ops.size(); i++) {
		const auto code = ops[i].code;
		const bool result = code == PCIPEEK_OP_READ || code == PCIPEEK_OP_RMW ||
				    code == PCIPEEK_OP_POLL;
		const bool ended = i == batch.done && code != PCIPEEK_OP_READ;

		claim_same(ops[i], before[i]);
		claim(ops[i].error == (i == batch.done ? ran[i].error : 0), "one has an error");
		claim(ops[i].result == (result && (i < batch.done || ended) ? ran[i].result
									    : before[i].result),
		      "what has a result has it, and nothing else");
	}
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
	batch.ops = reinterpret_cast<std::uintptr_t>(ops.data());
	batch.op_size = sizeof(pcipeek_op);
	pcipeek_checks checks{rights, &limits, batch.timeout_ns, 0, false};
	Ops fetched(ops.size());
	const int error = pcipeek_ops_fetch(fetched.data(), &batch, &checks);
	claim_checked(ops, batch, host, error);
	if (error != 0)
		return 0;
	claim(checks.writes == std::any_of(ops.begin(), ops.end(), changes),
	      "what changes a register is known to");
	if (batch.timeout_ns != 0)
		host.deadline = host.now + batch.timeout_ns;
	claim_fetched(ops, fetched);
	batch.done = run(fetched, host);
	claim_stored(ops, fetched, batch);
	return 0;
}
