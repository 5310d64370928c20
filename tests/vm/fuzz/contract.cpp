// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers

#include "contract.hpp"

#include <linux/pcipeek.h>

#include <array>
#include <cerrno>
#include <cstddef>
#include <set>

namespace fuzz {
namespace {

struct Promise {
	const char *name;
	/* Of <linux/pcipeek.h>, but what takes a reset, a removal or a signal. */
	std::set<int> errors;
	/* Written on success. */
	std::vector<Range> out;
};

/* In the order of Command. */
const std::array<Promise, command_count> &promises()
{
	static const std::array<Promise, command_count> all{{
		{"VERSION", {0, EINVAL, E2BIG, EFAULT}, {{8, 4}, {16, 8}}},
		{"ATTACH",
		 {0, EISCONN, EINVAL, EACCES, EPERM, ENODEV, EBUSY, EUSERS, E2BIG, EFAULT},
		 {}},
		{"RESTRICT", {0, EACCES, EBUSY, EINVAL, E2BIG, EFAULT}, {}},
		{"DEVICE_INFO", {0, EINVAL, E2BIG, EFAULT}, {{8, 6}, {16, 14}, {32, 24}}},
		{"BAR_INFO", {0, ENXIO, EINVAL, E2BIG, EFAULT}, {{9, 42}, {56, 24}}},
		{"BAR_MODE", {0, EACCES, ENXIO, EBUSY, EOPNOTSUPP, EINVAL, E2BIG, EFAULT}, {}},
		{"READ", {0, EACCES, ENXIO, EINVAL, EOPNOTSUPP, ERANGE, EFAULT}, {{8, 8}}},
		{"WRITE", {0, EACCES, ENXIO, EINVAL, EOPNOTSUPP, ERANGE, EFAULT}, {}},
		{"BLOCK",
		 {0, EACCES, ENXIO, EINVAL, EOPNOTSUPP, ERANGE, EFAULT, E2BIG, EAGAIN},
		 {}},
		{"BATCH",
		 {0, EACCES, ENXIO, EINVAL, EOPNOTSUPP, ERANGE, EFAULT, E2BIG, EAGAIN, ETIMEDOUT},
		 {}},
		{"unknown", {ENOTTY}, {}},
	}};
	return all;
}

const Promise &promise_of(Command command)
{
	return promises().at(static_cast<std::size_t>(command));
}

/* Out of range, behind the end, or wider than the CPU: then it was refused. */
void add_block(const Call &call, const Memory &memory, std::vector<Range> &ranges)
{
	const auto block = memory.get<pcipeek_block>(call.argument);
	ranges.push_back({call.argument + offsetof(pcipeek_block, done), 8});
	ranges.push_back({call.argument + offsetof(pcipeek_block, generation), 8});
	if (!(block.flags & PCIPEEK_BLOCK_WRITE) && block.width <= 8 &&
	    block.count <= PCIPEEK_BLOCK_MAX_BYTES)
		ranges.push_back({block.buffer, block.count * block.width});
}

void add_batch(const Call &call, const Memory &memory, std::vector<Range> &ranges)
{
	const auto batch = memory.get<pcipeek_batch>(call.argument);
	ranges.push_back({call.argument + offsetof(pcipeek_batch, done), 4});
	ranges.push_back({call.argument + offsetof(pcipeek_batch, generation), 8});
	if (batch.op_size < sizeof(pcipeek_op) || batch.count > PCIPEEK_BATCH_MAX_OPS)
		return;
	for (std::uint32_t i = 0; i < batch.count; i++) {
		const std::uint64_t op = batch.ops + std::uint64_t{i} * batch.op_size;
		if (!memory.has(op, 1) && !memory.has(op + sizeof(pcipeek_op) - 1, 1))
			continue;
		ranges.push_back({op + offsetof(pcipeek_op, result), 8});
		ranges.push_back({op + offsetof(pcipeek_op, error), 4});
	}
}

} // namespace

const char *name_of(Command command)
{
	return promise_of(command).name;
}

bool may_answer(Command command, int error, bool attached)
{
	const bool free = command == Command::version || command == Command::attach ||
			  command == Command::unknown;
	if (!free && !attached)
		return error == ENOTCONN;
	if (error == EISCONN)
		return attached && command == Command::attach;
	if (error == 0 && command == Command::attach)
		return !attached;
	return promise_of(command).errors.count(error) != 0;
}

std::vector<Range> may_change(const Call &call, int error, const Memory &memory)
{
	std::vector<Range> ranges;
	if (error == ENOTCONN)
		return ranges;
	if (call.command == Command::block)
		add_block(call, memory, ranges);
	if (call.command == Command::batch)
		add_batch(call, memory, ranges);
	if (error == 0 || error == EFAULT)
		for (const Range &range : promise_of(call.command).out)
			ranges.push_back({call.argument + range.first, range.bytes});
	return ranges;
}

bool may_map_answer(int error, bool attached)
{
	static const std::set<int> errors{0,	  EINVAL, EACCES,    ENXIO, EOPNOTSUPP,
					  ERANGE, EBUSY,  EOVERFLOW, ENOMEM};
	/* what the kernel finds before it asks the module */
	static const std::set<int> before{EINVAL, EACCES, EOVERFLOW, ENOMEM, ENOTCONN};
	return attached ? errors.count(error) != 0 : before.count(error) != 0;
}

} // namespace fuzz
