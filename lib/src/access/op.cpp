// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "access/op.hpp"

#include "access/access_path.hpp"
#include "format.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <limits>
#include <utility>

namespace pcipeek::detail {
namespace {

constexpr std::uint64_t every_bit = std::numeric_limits<std::uint64_t>::max();

pcipeek_op make(std::uint8_t code, Access access, const Bar &bar, std::uint64_t offset, Width width)
{
	check_access(access, bar, offset, width);
	pcipeek_op op{};
	op.code = code;
	op.width = static_cast<std::uint8_t>(bytes(width));
	op.bar = static_cast<std::uint8_t>(bar.index());
	op.offset = offset;
	return op;
}

// The mask that stands for all bits is cut to the width; others must fit.
std::uint64_t cut(std::uint64_t mask, Width width) noexcept
{
	return mask == every_bit ? every_bit >> (64 - bits(width)) : mask;
}

std::uint32_t to_interval(std::chrono::microseconds interval) noexcept
{
	constexpr std::int64_t longest = std::numeric_limits<std::uint32_t>::max();
	return static_cast<std::uint32_t>(std::clamp<std::int64_t>(interval.count(), 0, longest));
}

// "1500 ms": in the largest unit of which it is a whole number.
std::string to_text(std::chrono::nanoseconds time)
{
	struct Unit {
		const char *name;
		std::int64_t nanoseconds;
	};
	constexpr std::array<Unit, 3> units{
		{{"s", 1'000'000'000}, {"ms", 1'000'000}, {"us", 1000}}};

	for (const Unit &unit : units)
		if (time.count() % unit.nanoseconds == 0)
			return formatted("{} {}", time.count() / unit.nanoseconds, unit.name);
	return formatted("{} ns", time.count());
}

} // namespace

pcipeek_op make_read(const Bar &bar, std::uint64_t offset, Width width)
{
	return make(PCIPEEK_OP_READ, Access::read, bar, offset, width);
}

pcipeek_op make_write(const Bar &bar, std::uint64_t offset, Width width, std::uint64_t value)
{
	check_value(Access::write, bar, offset, width, value);
	pcipeek_op op = make(PCIPEEK_OP_WRITE, Access::write, bar, offset, width);
	op.value = value;
	return op;
}

pcipeek_op make_update(const Bar &bar, std::uint64_t offset, Width width, const Masked &masked)
{
	const std::uint64_t mask = cut(masked.mask, width);
	// Under the mask that was left out, every bit of the value counts.
	const std::uint64_t value = masked.value & masked.mask;

	check_value(Access::update, bar, offset, width, mask | value);
	pcipeek_op op = make(PCIPEEK_OP_RMW, Access::update, bar, offset, width);
	op.value = value;
	op.mask = mask;
	return op;
}

pcipeek_op make_poll(const Bar &bar, std::uint64_t offset, Width width, const Condition &condition,
		     std::chrono::microseconds interval)
{
	const std::uint64_t mask = cut(condition.mask, width);

	check_value(Access::poll, bar, offset, width, mask);
	if (condition.value & ~mask)
		to_attempt(Access::poll, bar, offset, width)
			.fail(EINVAL, {Cause::invalid,
				       formatted("the value {:#x} has bits outside the mask {:#x}",
						 condition.value, mask)});
	pcipeek_op op = make(PCIPEEK_OP_POLL, Access::poll, bar, offset, width);
	op.flags = condition.not_equal ? PCIPEEK_OP_NOT_EQUAL : 0;
	op.value = condition.value;
	op.mask = mask;
	op.interval_us = to_interval(interval);
	return op;
}

int submit(Channel &channel, pcipeek_batch &batch, std::span<pcipeek_op> ops) noexcept
{
	batch.size = sizeof(batch);
	batch.ops = reinterpret_cast<std::uintptr_t>(ops.data());
	batch.count = static_cast<std::uint32_t>(ops.size());
	batch.op_size = sizeof(pcipeek_op);
	batch.done = 0;
	return channel.call(PCIPEEK_IOC_BATCH, &batch);
}

Error::Details unmet(const pcipeek_op &poll, const Address &device,
		     std::optional<std::chrono::nanoseconds> time)
{
	const bool not_equal = poll.flags & PCIPEEK_OP_NOT_EQUAL;
	const Width width{poll.width};
	std::string text =
		formatted("{}: timed out{}: bar{}+{:#x} is {:#x}, expected {}{:#x}",
			  to_string(device), time ? " after " + to_text(*time) : "", poll.bar,
			  poll.offset, poll.result, not_equal ? "anything but " : "", poll.value);
	if (poll.mask != cut(every_bit, width))
		text += formatted(" under mask {:#x}", poll.mask);
	return {.code = ETIMEDOUT,
		.cause = Cause::timed_out,
		.text = std::move(text),
		.address = device,
		.bar = poll.bar,
		.offset = poll.offset};
}

} // namespace pcipeek::detail
