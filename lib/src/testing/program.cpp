// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "testing/program.hpp"

#include <algorithm>
#include <cerrno>

namespace pcipeek::testing {
namespace {

using Time = Clock::Time;

Time to_time(std::uint64_t ns) noexcept
{
	return Time{static_cast<Time::rep>(ns)};
}

class Program {
public:
	Program(Clock &clock, const ProgramBus &bus, Time deadline)
		: clock_{clock}, bus_{bus}, deadline_{deadline}
	{
	}

	int run(pcipeek_op &op)
	{
		switch (op.code) {
		case PCIPEEK_OP_READ:
			return read(op);
		case PCIPEEK_OP_WRITE:
			return bus_.write(op, op.value);
		case PCIPEEK_OP_RMW:
			return update(op);
		case PCIPEEK_OP_POLL:
			return poll(op);
		case PCIPEEK_OP_DELAY:
			return delay(op);
		default:
			return bus_.flush();
		}
	}

private:
	int read(pcipeek_op &op)
	{
		std::uint64_t value = 0;
		const int code = bus_.read(op, value);
		if (!code)
			op.result = value;
		return code;
	}

	int update(pcipeek_op &op)
	{
		const int code = read(op);
		if (code)
			return code;
		return bus_.write(op, (op.result & ~op.mask) | (op.value & op.mask));
	}

	static bool is_met(const pcipeek_op &op) noexcept
	{
		const bool equal = (op.result & op.mask) == op.value;
		return equal != ((op.flags & PCIPEEK_OP_NOT_EQUAL) != 0);
	}

	// Without an interval, a quarter of the time so far, from 1 us to 1 ms.
	static Time pause(const pcipeek_op &op, Time so_far) noexcept
	{
		using namespace std::chrono_literals;
		if (op.interval_us)
			return std::chrono::microseconds{op.interval_us};
		return std::clamp<Time>(so_far / 4, 1us, 1ms);
	}

	int poll(pcipeek_op &op)
	{
		const Time start = clock_.now();
		const Time end = std::min(start + to_time(op.timeout_ns), deadline_);

		for (;;) {
			const bool last = clock_.now() >= end;
			const int code = read(op);
			if (code || is_met(op))
				return code;
			if (last)
				return ETIMEDOUT;
			const Time now = clock_.now();
			clock_.go_to(std::max(now, std::min(now + pause(op, now - start), end)));
		}
	}

	int delay(const pcipeek_op &op)
	{
		const Time end = clock_.now() + to_time(op.timeout_ns);
		if (op.timeout_ns && end > deadline_)
			return ETIMEDOUT;
		clock_.go_to(end);
		return 0;
	}

	Clock &clock_;
	const ProgramBus &bus_;
	Time deadline_;
};

} // namespace

int run_program(pcipeek_batch &batch, pcipeek_op *ops, Clock &clock, const ProgramBus &bus)
{
	Program program{clock, bus, clock.now() + to_time(batch.timeout_ns)};

	for (batch.done = 0; batch.done < batch.count; batch.done++) {
		pcipeek_op &op = ops[batch.done];
		const int code = program.run(op);
		op.error = -code;
		if (code)
			return code;
	}
	return 0;
}

} // namespace pcipeek::testing
