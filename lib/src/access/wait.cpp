// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include <pcipeek/wait.hpp>

#include "access/access_path.hpp"
#include "access/op.hpp"

#include <algorithm>
#include <cerrno>
#include <utility>

namespace pcipeek {

using std::chrono::nanoseconds;

TimeoutError::TimeoutError(Details details, std::uint64_t last_value)
	: Error{std::move(details)}, last_value_{last_value}
{
}

TimeoutError::TimeoutError(const TimeoutError &) noexcept = default;
TimeoutError &TimeoutError::operator=(const TimeoutError &) noexcept = default;
TimeoutError::~TimeoutError() = default;

std::uint64_t TimeoutError::last_value() const noexcept
{
	return last_value_;
}

namespace {

// One POLL after the other, since none may be longer than a batch. A signal ends a POLL,
// but not the waiting. The generation of the first holds for all.
class Waiting {
public:
	Waiting(detail::Channel &channel, nanoseconds time)
		: channel_{channel}, left_{std::max(time, nanoseconds::zero())}
	{
	}

	// Returns 0 or the errno.
	int run(pcipeek_op &op)
	{
		int code = look(op);
		while (code == EINTR || (code == ETIMEDOUT && left_ > nanoseconds::zero()))
			code = look(op);
		return code;
	}

private:
	int look(pcipeek_op &op)
	{
		const nanoseconds turn = std::min(left_, detail::longest_batch);
		const auto start = std::chrono::steady_clock::now();
		op.timeout_ns = static_cast<std::uint64_t>(turn.count());
		batch_.timeout_ns = op.timeout_ns;
		const int code = detail::submit(channel_, batch_, {&op, 1});
		if (code == EINTR)
			left_ -= std::min<nanoseconds>(left_,
						       std::chrono::steady_clock::now() - start);
		else
			left_ -= turn;
		return code;
	}

	detail::Channel &channel_;
	nanoseconds left_;
	pcipeek_batch batch_{};
};

} // namespace

std::uint64_t wait_until(const Bar &bar, std::uint64_t offset, const Condition &condition,
			 nanoseconds timeout, std::chrono::microseconds interval, Width width)
{
	using detail::Access;

	pcipeek_op op = detail::make_poll(bar, offset, width, condition, interval);
	detail::Channel &channel = detail::channel_for(Access::poll, bar, offset, width);
	const int code = Waiting{channel, timeout}.run(op);
	if (code == ETIMEDOUT)
		throw TimeoutError{detail::unmet(op, bar.device().address(),
						 std::max(timeout, nanoseconds::zero())),
				   op.result};
	if (code)
		detail::fail_access(Access::poll, code, channel, bar, offset, width);
	return op.result;
}

} // namespace pcipeek
