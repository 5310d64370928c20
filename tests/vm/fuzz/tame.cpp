// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers

#include "tame.hpp"

#include <linux/pcipeek.h>

#include <algorithm>

#include "target.hpp"

namespace fuzz {
namespace {

/* One wait at most; what is longer than the contract allows may stay. */
constexpr std::uint64_t longest_ns = 5'000;

const Target *target_of(const pcipeek_attach &attach)
{
	const auto *found =
		std::find_if(targets.begin(), targets.end(), [&attach](const Target &target) {
			return target.bus == attach.bus && target.devfn == attach.devfn;
		});
	return found == targets.end() ? nullptr : found;
}

void tame_attach(std::uint64_t at, Memory &memory)
{
	auto attach = memory.get<pcipeek_attach>(at);
	const Target *target = target_of(attach);
	/* behind a bridge there is one function, and on bus 0xfe none */
	if (!target && (attach.flags & PCIPEEK_ATTACH_FOREIGN))
		attach.bus = 0xfe;
	if (target && !target->writable)
		attach.rights &= ~PCIPEEK_RIGHT_WRITE;
	if (target && target->has_dma)
		attach.flags &= ~PCIPEEK_ATTACH_BUS_MASTER;
	memory.put(at, &attach, sizeof(attach));
}

/* Of what this program has, only the memory may be written to. */
std::uint64_t tame_pointer(std::uint64_t pointer, const Memory &memory)
{
	constexpr std::uint64_t end_of_user = 1ULL << 47;
	const std::uint64_t first = memory.at(0) - Memory::page;
	const std::uint64_t nothing = memory.at(Memory::pages);
	const bool near = pointer >= first && pointer < nothing + Memory::page;
	return near || pointer < Memory::page || pointer >= end_of_user ? pointer : nothing;
}

void tame_block(std::uint64_t at, Memory &memory)
{
	auto block = memory.get<pcipeek_block>(at);
	block.buffer = tame_pointer(block.buffer, memory);
	memory.put(at, &block, sizeof(block));
}

void tame_op(std::uint64_t at, Memory &memory)
{
	auto op = memory.get<pcipeek_op>(at);
	if (op.timeout_ns <= longest_ns || op.timeout_ns > PCIPEEK_BATCH_MAX_TIMEOUT_NS)
		return;
	op.timeout_ns = longest_ns;
	memory.put(at, &op, sizeof(op));
}

/* The pointer last: operations that lie over the batch have changed it, too. */
void tame_batch(std::uint64_t at, Memory &memory)
{
	auto batch = memory.get<pcipeek_batch>(at);
	std::uint64_t op = batch.ops;
	for (std::uint32_t i = 0; i < batch.count && memory.has(op, sizeof(pcipeek_op)); i++) {
		tame_op(op, memory);
		op += std::max<std::uint64_t>(batch.op_size, sizeof(pcipeek_op));
	}
	batch = memory.get<pcipeek_batch>(at);
	batch.ops = tame_pointer(batch.ops, memory);
	memory.put(at, &batch, sizeof(batch));
}

} // namespace

void tame(const Call &call, Memory &memory)
{
	if (call.request == PCIPEEK_IOC_ATTACH && memory.has(call.argument, sizeof(pcipeek_attach)))
		tame_attach(call.argument, memory);
	if (call.request == PCIPEEK_IOC_BLOCK && memory.has(call.argument, sizeof(pcipeek_block)))
		tame_block(call.argument, memory);
	if (call.request == PCIPEEK_IOC_BATCH && memory.has(call.argument, sizeof(pcipeek_batch)))
		tame_batch(call.argument, memory);
}

} // namespace fuzz
