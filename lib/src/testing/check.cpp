// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "testing/check.hpp"

#include <algorithm>
#include <cerrno>

namespace pcipeek::testing {
namespace {

using detail::BarSlot;

bool is_width(std::uint8_t width) noexcept
{
	return width == 1 || width == 2 || width == 4 || width == 8;
}

bool fits(std::uint64_t value, std::uint8_t width) noexcept
{
	return width == 8 || value >> 8 * width == 0;
}

bool has_place(const pcipeek_op &op) noexcept
{
	return op.code != PCIPEEK_OP_DELAY && op.code != PCIPEEK_OP_FLUSH;
}

bool writes(const pcipeek_op &op) noexcept
{
	return op.code == PCIPEEK_OP_WRITE || op.code == PCIPEEK_OP_RMW;
}

int check_op(const Limits &limits, const pcipeek_op &op)
{
	if (op.code < PCIPEEK_OP_READ || op.code > PCIPEEK_OP_FLUSH)
		return EINVAL;
	if (op.code == PCIPEEK_OP_POLL && (op.value & ~op.mask) != 0)
		return EINVAL;
	if (!has_place(op))
		return 0;
	return check_place(limits, to_access(op), writes(op) ? PCIPEEK_RIGHT_WRITE : 0,
			   op.value | op.mask, op.width);
}

} // namespace

int check_place(const Limits &limits, const pcipeek_access &access, std::uint64_t needed,
		std::uint64_t value, std::uint64_t bytes)
{
	if (access.bar < PCIPEEK_BAR_COUNT)
		needed |= PCIPEEK_RIGHT_BAR(access.bar);
	if ((limits.rights & needed) != needed)
		return EACCES;
	if (access.bar >= PCIPEEK_BAR_COUNT ||
	    limits.bars[access.bar].kind != BarSlot::Kind::present)
		return ENXIO;
	const Bar::Region &bar = limits.bars[access.bar].region;
	if (!is_width(access.width) || !fits(value, access.width))
		return EINVAL;
	if (access.width == 8 && bar.type == BarType::io)
		return EOPNOTSUPP;
	if (access.offset > bar.size || bytes > bar.size - access.offset)
		return ERANGE;
	return access.offset % access.width == 0 ? 0 : EINVAL;
}

int check_block(const Limits &limits, const pcipeek_block &block)
{
	const bool fixed = block.flags & PCIPEEK_BLOCK_FIXED;
	const std::uint64_t count = fixed ? std::min<std::uint64_t>(block.count, 1) : block.count;
	const pcipeek_access first{.offset = block.offset,
				   .value = 0,
				   .bar = block.bar,
				   .width = block.width,
				   .flags = 0,
				   .reserved = 0};
	const std::uint64_t needed = block.flags & PCIPEEK_BLOCK_WRITE ? PCIPEEK_RIGHT_WRITE : 0;
	// By an access of no bytes before the range: the count may be too large to multiply.
	pcipeek_access nowhere = first;
	nowhere.offset = 0;
	int code = check_place(limits, nowhere, needed, 0, 0);
	if (!code && block.count > PCIPEEK_BLOCK_MAX_BYTES / block.width)
		code = E2BIG;
	return code ? code : check_place(limits, first, needed, 0, count * block.width);
}

int check_batch(const Limits &limits, const pcipeek_batch &batch, pcipeek_op *ops)
{
	if (batch.timeout_ns > PCIPEEK_BATCH_MAX_TIMEOUT_NS || batch.count == 0)
		return EINVAL;
	if (batch.count > PCIPEEK_BATCH_MAX_OPS)
		return E2BIG;
	if (batch.flags & PCIPEEK_BATCH_HOLD && !(limits.rights & PCIPEEK_RIGHT_WRITE))
		return EACCES;

	std::uint64_t delays = 0;
	for (pcipeek_op *op = ops; op < ops + batch.count; op++) {
		int code = check_op(limits, *op);
		delays += op->code == PCIPEEK_OP_DELAY ? op->timeout_ns : 0;
		if (!code && std::max<std::uint64_t>(op->timeout_ns, delays) > batch.timeout_ns)
			code = EINVAL;
		op->error = -code;
		if (code)
			return code;
	}
	return 0;
}

pcipeek_access to_access(const pcipeek_op &op) noexcept
{
	return {.offset = op.offset,
		.value = op.value,
		.bar = op.bar,
		.width = op.width,
		.flags = 0,
		.reserved = 0};
}

} // namespace pcipeek::testing
