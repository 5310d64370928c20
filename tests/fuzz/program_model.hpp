// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
//
// Which batches the contract allows: see model.hpp.
#pragma once

#include "model.hpp"

namespace pcipeek::fuzz {

/* The fields, a bit each, that an operation may use, by its code. */
constexpr unsigned target = 1;
constexpr unsigned value = 2;
constexpr unsigned mask = 4;
constexpr unsigned timeout = 8;
constexpr unsigned interval = 16;
inline constexpr unsigned uses[] = {0,
				    target,
				    target | value,
				    target | value | mask,
				    target | value | mask | timeout | interval,
				    timeout,
				    0};

inline bool changes(const pcipeek_op &op)
{
	return op.code == PCIPEEK_OP_WRITE || op.code == PCIPEEK_OP_RMW;
}

inline bool is_formed(const pcipeek_op &op)
{
	const unsigned used = (op.width || op.bar || op.offset ? target : 0U) |
			      (op.value ? value : 0U) | (op.mask ? mask : 0U) |
			      (op.timeout_ns ? timeout : 0U) | (op.interval_us ? interval : 0U);
	const bool poll = op.code == PCIPEEK_OP_POLL;

	return op.code >= 1 && op.code <= 6 && op.reserved0 == 0 && op.reserved1 == 0 &&
	       op.flags <= (poll ? 1U : 0U) && (used & ~uses[op.code]) == 0 &&
	       !(poll && (op.value | op.mask) != op.mask);
}

inline int model_op(const pcipeek_op &op, std::uint64_t rights, const pcipeek_limits &limits)
{
	const Range range{op.offset, op.width, op.bar, op.width};

	if (!is_formed(op))
		return -EINVAL;
	if ((uses[op.code] & target) == 0)
		return 0;
	return model_place(range, changes(op) ? PCIPEEK_RIGHT_WRITE : 0, op.value | op.mask, rights,
			   limits);
}

inline int model_batch(const pcipeek_batch &batch, std::uint64_t rights)
{
	const bool hold = batch.flags & PCIPEEK_BATCH_HOLD;

	return first_broken({{batch.flags <= 1 && batch.reserved == 0, EINVAL},
			     {batch.timeout_ns <= PCIPEEK_BATCH_MAX_TIMEOUT_NS, EINVAL},
			     {batch.count > 0, EINVAL},
			     {batch.count <= PCIPEEK_BATCH_MAX_OPS, E2BIG},
			     {!hold || (rights & PCIPEEK_RIGHT_WRITE), EACCES}});
}

} // namespace pcipeek::fuzz
