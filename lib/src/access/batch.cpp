// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include <linux/pcipeek.h>
#include <pcipeek/batch.hpp>

#include "access/batch_error.hpp"
#include "access/op.hpp"
#include "device/attachment.hpp"
#include "errors/attempt.hpp"

#include <algorithm>
#include <cerrno>
#include <utility>

namespace pcipeek {

using std::chrono::nanoseconds;

namespace {

// For what is not waiting by itself, and for the turns of other batches.
constexpr nanoseconds slack = std::chrono::seconds{1};

bool writes(const pcipeek_op &op) noexcept
{
	return op.code == PCIPEEK_OP_WRITE || op.code == PCIPEEK_OP_RMW;
}

// What must be waited for, and what may be.
struct Waits {
	nanoseconds delays{};
	nanoseconds polls{};
	nanoseconds longest_poll{};
};

Waits waits_of(const std::vector<pcipeek_op> &ops) noexcept
{
	Waits waits;
	for (const pcipeek_op &op : ops) {
		const nanoseconds time{op.timeout_ns};
		if (op.code == PCIPEEK_OP_DELAY)
			waits.delays += time;
		if (op.code == PCIPEEK_OP_POLL) {
			waits.polls += time;
			waits.longest_poll = std::max(waits.longest_poll, time);
		}
	}
	return waits;
}

[[noreturn]] void refuse(const Device &device, int code, const char *why)
{
	detail::Attempt{"make a batch for", device.address()}.fail(code, {Cause::invalid, why});
}

std::uint64_t checked_time(const Device &device, nanoseconds time)
{
	if (time < nanoseconds::zero() || time > detail::longest_batch)
		refuse(device, EINVAL, "a time in a batch must be between 0 and 10 s");
	return static_cast<std::uint64_t>(time.count());
}

detail::Channel &open_channel(const Device &device, bool write)
{
	const detail::Use use = write ? detail::Use::write : detail::Use::read;
	detail::Channel *channel = device.attachment().channel(use);

	if (channel)
		return *channel;
	return device.attachment().open_for(use, {"run a batch on", device.address()});
}

BatchResult to_result(const std::vector<pcipeek_op> &ops, const pcipeek_batch &batch)
{
	std::vector<std::uint64_t> values;
	values.reserve(ops.size());
	for (const pcipeek_op &op : ops)
		values.push_back(op.result);
	return {std::move(values), batch.done, batch.generation};
}

} // namespace

BatchResult::BatchResult(std::vector<std::uint64_t> values, std::size_t done,
			 std::uint64_t generation)
	: values_{std::move(values)}, done_{done}, generation_{generation}
{
}

Batch::Batch(const Device &device) : device_{device}
{
}

Batch::Batch(const Batch &) = default;
Batch::Batch(Batch &&) noexcept = default;
Batch &Batch::operator=(const Batch &) = default;
Batch &Batch::operator=(Batch &&) noexcept = default;
Batch::~Batch() = default;

Batch &Batch::read(const Bar &bar, std::uint64_t offset, Width width)
{
	return add(bar, detail::make_read(bar, offset, width));
}

Batch &Batch::write_value(const Bar &bar, std::uint64_t offset, Width width, std::uint64_t value)
{
	return add(bar, detail::make_write(bar, offset, width, value));
}

Batch &Batch::update(const Bar &bar, std::uint64_t offset, const Masked &masked, Width width)
{
	return add(bar, detail::make_update(bar, offset, width, masked));
}

Batch &Batch::poll(const Bar &bar, std::uint64_t offset, const Condition &condition,
		   nanoseconds timeout, std::chrono::microseconds interval, Width width)
{
	pcipeek_op op = detail::make_poll(bar, offset, width, condition, interval);
	op.timeout_ns = checked_time(device_, timeout);
	return add(bar, op);
}

Batch &Batch::delay(nanoseconds time)
{
	pcipeek_op op{};
	op.code = PCIPEEK_OP_DELAY;
	op.timeout_ns = checked_time(device_, time);
	checked_time(device_, waits_of(ops_).delays + time);
	return add(op);
}

Batch &Batch::flush()
{
	pcipeek_op op{};
	op.code = PCIPEEK_OP_FLUSH;
	return add(op);
}

Batch &Batch::hold(bool on) noexcept
{
	hold_ = on;
	return *this;
}

Batch &Batch::timeout(nanoseconds time)
{
	checked_time(device_, time);
	timeout_ = time;
	return *this;
}

std::size_t Batch::size() const noexcept
{
	return ops_.size();
}

Batch &Batch::add(const Bar &bar, const pcipeek_op &op)
{
	if (bar.attachment().identity().address != device_.address())
		refuse(device_, EINVAL, "the BAR belongs to another device");
	return add(op);
}

Batch &Batch::add(const pcipeek_op &op)
{
	if (ops_.size() == PCIPEEK_BATCH_MAX_OPS)
		refuse(device_, E2BIG, "a batch has at most 1024 operations");
	ops_.push_back(op);
	return *this;
}

std::uint64_t Batch::budget() const
{
	const Waits waits = waits_of(ops_);
	const nanoseconds all = waits.delays + waits.polls + slack;
	const nanoseconds time = timeout_.value_or(std::min(all, detail::longest_batch));

	if (time < std::max(waits.delays, waits.longest_poll))
		refuse(device_, EINVAL, "its timeout() is shorter than the waits in it");
	return static_cast<std::uint64_t>(time.count());
}

BatchResult Batch::run()
{
	if (ops_.empty())
		return {};
	const bool write = hold_ || std::any_of(ops_.begin(), ops_.end(), writes);
	std::vector<pcipeek_op> ops = ops_;
	pcipeek_batch batch{};
	batch.flags = hold_ ? PCIPEEK_BATCH_HOLD : 0;
	batch.timeout_ns = budget();
	detail::Channel &channel = open_channel(device_, write);
	const int code = detail::submit(channel, batch, ops);
	BatchResult result = to_result(ops, batch);
	if (code)
		detail::fail_batch(code, channel, device_, ops, nanoseconds{batch.timeout_ns},
				   std::move(result));
	return result;
}

} // namespace pcipeek
