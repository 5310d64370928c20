// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "access/batch_error.hpp"

#include "access/access_path.hpp"
#include "access/op.hpp"
#include "errors/diagnosis.hpp"
#include "format.hpp"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <optional>
#include <utility>

namespace pcipeek {

BatchError::BatchError(Details details, std::size_t index, BatchResult result)
	: Error{std::move(details)},
	  index_{index},
	  result_{std::make_shared<const BatchResult>(std::move(result))}
{
}

BatchError::BatchError(const BatchError &) noexcept = default;
BatchError &BatchError::operator=(const BatchError &) noexcept = default;
BatchError::~BatchError() = default;

std::size_t BatchError::index() const noexcept
{
	return index_;
}

const BatchResult &BatchError::result() const noexcept
{
	return *result_;
}

namespace detail {
namespace {

using std::chrono::nanoseconds;

Access access_of(const pcipeek_op &op) noexcept
{
	switch (op.code) {
	case PCIPEEK_OP_READ:
		return Access::read;
	case PCIPEEK_OP_WRITE:
		return Access::write;
	case PCIPEEK_OP_RMW:
		return Access::update;
	default:
		return Access::poll;
	}
}

bool has_register(const pcipeek_op &op) noexcept
{
	return op.code != PCIPEEK_OP_DELAY && op.code != PCIPEEK_OP_FLUSH;
}

Diagnosis diagnose(int code, Channel &channel, const Device &device, const pcipeek_op &op)
{
	if (code == ETIMEDOUT)
		return {Cause::timed_out, "the batch timed out; other batches may have kept it "
					  "waiting, so allow more time"};
	if (has_register(op))
		return diagnose_access(code, channel, device.bar(op.bar),
				       static_cast<Width>(op.width));
	return diagnose_device(code, channel);
}

Attempt attempt_of(const Device &device, const pcipeek_op &op)
{
	if (has_register(op))
		return to_attempt(access_of(op), device.bar(op.bar), op.offset,
				  static_cast<Width>(op.width));
	return {op.code == PCIPEEK_OP_FLUSH ? "flush the writes to" : "wait on", device.address()};
}

// The time that the last operation had, which is a POLL. Unknown if the time of the whole
// batch may have run out before its own did.
std::optional<nanoseconds> time_of_last(std::span<const pcipeek_op> ops, nanoseconds all)
{
	nanoseconds waits{};

	for (const pcipeek_op &op : ops)
		waits += nanoseconds{op.timeout_ns};
	return waits <= all ? std::optional{nanoseconds{ops.back().timeout_ns}} : std::nullopt;
}

// @p ops end with the one that failed. A batch that did not get its turn has read nothing.
Error::Details details_of(int code, Channel &channel, const Device &device,
			  std::span<const pcipeek_op> ops, nanoseconds all, bool has_begun)
{
	const pcipeek_op &failed = ops.back();

	if (code == ETIMEDOUT && failed.code == PCIPEEK_OP_POLL && has_begun)
		return unmet(failed, device.address(), time_of_last(ops, all));
	return attempt_of(device, failed).details(code, diagnose(code, channel, device, failed));
}

} // namespace

void fail_batch(int code, Channel &channel, const Device &device, std::span<const pcipeek_op> ops,
		nanoseconds time, BatchResult result)
{
	const auto failed = std::find_if(ops.begin(), ops.end(),
					 [](const pcipeek_op &op) { return op.error != 0; });
	if (failed == ops.end())
		Attempt{"run a batch on", device.address()}.fail(code,
								 diagnose_device(code, channel));
	const auto index = static_cast<std::size_t>(failed - ops.begin());
	Error::Details details = details_of(code, channel, device, ops.first(index + 1), time,
					    result.generation() != 0);
	details.text = formatted("operation {} of {}: {}", index + 1, ops.size(), details.text);
	throw BatchError{std::move(details), index, std::move(result)};
}

} // namespace detail
} // namespace pcipeek
