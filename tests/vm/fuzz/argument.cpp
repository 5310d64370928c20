// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers

#include "argument.hpp"

#include <linux/pcipeek.h>

#include <algorithm>
#include <array>

#include "fields.hpp"
#include "tame.hpp"
#include "target.hpp"

namespace fuzz {
namespace {

constexpr std::array<unsigned long, command_count> requests{
	PCIPEEK_IOC_VERSION,
	PCIPEEK_IOC_ATTACH,
	PCIPEEK_IOC_RESTRICT,
	PCIPEEK_IOC_DEVICE_INFO,
	PCIPEEK_IOC_BAR_INFO,
	PCIPEEK_IOC_BAR_MODE,
	PCIPEEK_IOC_READ,
	PCIPEEK_IOC_WRITE,
	PCIPEEK_IOC_BLOCK,
	PCIPEEK_IOC_BATCH,
	0,
};

pcipeek_attach attach_of(Choices &choices)
{
	const Target &target = targets.at(choices.below(targets.size()));
	const std::uint8_t how = choices.byte();
	pcipeek_attach attach{};
	attach.bus = target.bus;
	attach.devfn = target.devfn;
	attach.flags = target.granted ? 0 : PCIPEEK_ATTACH_FOREIGN;
	attach.rights = PCIPEEK_RIGHT_ALL_BARS;
	if (how % 4 != 1)
		attach.rights |= PCIPEEK_RIGHT_WRITE;
	if (how % 4 > 1 && target.granted)
		attach.rights |= PCIPEEK_RIGHT_MMAP;
	if (how % 4 == 3)
		attach.flags ^= PCIPEEK_ATTACH_EXCLUSIVE;
	if (how >= 224)
		attach.flags ^= PCIPEEK_ATTACH_FOREIGN;
	if (how % 32 == 7)
		attach.flags ^= PCIPEEK_ATTACH_BUS_MASTER;
	if (how >= 192)
		attach.rights ^= choices.bytes(2);
	return attach;
}

pcipeek_restrict restrict_of(Choices &choices)
{
	pcipeek_restrict rights{};
	rights.rights = PCIPEEK_RIGHT_ALL_BARS | PCIPEEK_RIGHT_WRITE | PCIPEEK_RIGHT_MMAP;
	rights.rights &= ~choices.bytes(2);
	return rights;
}

pcipeek_access access_of(bool write, Choices &choices)
{
	pcipeek_access access{};
	access.bar = bar_of(choices);
	access.width = width_of(choices);
	access.offset = offset_of(access.width, choices);
	if (write)
		access.value = value_of(access.width, choices);
	return access;
}

pcipeek_block block_of(Choices &choices, const Memory &memory)
{
	pcipeek_block block{};
	block.bar = bar_of(choices);
	block.width = width_of(choices);
	block.offset = offset_of(block.width, choices);
	block.flags = choices.byte() % 4;
	block.count = choices.byte();
	block.count = block.count < 240 ? block.count % 13 : choices.number();
	block.buffer = buffer_of(choices, memory);
	block.generation = choices.rarely() ? choices.number() : 0;
	return block;
}

pcipeek_op op_of(Choices &choices)
{
	pcipeek_op op{};
	const std::uint8_t kind = choices.byte();
	op.code = kind < 240 ? 1 + kind % 6 : kind;
	if (kind >= 96 && kind < 224)
		op.code = 1 + kind % 3;
	const bool place = op.code != PCIPEEK_OP_DELAY && op.code != PCIPEEK_OP_FLUSH;
	if (place) {
		op.bar = bar_of(choices);
		op.width = width_of(choices);
		op.offset = offset_of(op.width, choices);
	}
	if (op.code == PCIPEEK_OP_RMW || op.code == PCIPEEK_OP_POLL)
		op.mask = value_of(op.width, choices);
	if (op.code == PCIPEEK_OP_WRITE || op.mask != 0)
		op.value = value_of(op.width, choices);
	if (op.code == PCIPEEK_OP_POLL && !choices.rarely())
		op.value &= op.mask;
	if (op.code == PCIPEEK_OP_POLL)
		op.flags = choices.byte() % 2;
	if (op.code == PCIPEEK_OP_POLL || op.code == PCIPEEK_OP_DELAY)
		op.timeout_ns = choices.byte() % 4 == 0 ? choices.number() : 100;
	if (op.code == PCIPEEK_OP_POLL)
		op.interval_us = choices.byte() % 4;
	return op;
}

std::uint64_t put_ops(pcipeek_batch &batch, Choices &choices, Memory &memory)
{
	const std::uint64_t at = buffer_of(choices, memory);
	const std::uint32_t some = std::min(batch.count, 12U);
	for (std::uint32_t i = 0; i < some; i++) {
		pcipeek_op op = op_of(choices);
		mangle(&op, sizeof(op), choices);
		const std::uint64_t address = at + std::uint64_t{i} * batch.op_size;
		memory.put(address, &op, sizeof(op));
		if (batch.op_size > sizeof(op) && batch.op_size < 256 && !choices.rarely())
			memory.clear(address + sizeof(op), batch.op_size - sizeof(op));
	}
	return at;
}

std::uint64_t timeout_of(Choices &choices)
{
	const std::uint8_t kind = choices.byte();
	if (kind >= 224)
		return choices.number();
	return kind % 4 == 0 ? 0 : kind % 4 == 1 ? PCIPEEK_BATCH_MAX_TIMEOUT_NS : 1'000'000;
}

pcipeek_batch batch_of(Choices &choices, Memory &memory)
{
	pcipeek_batch batch{};
	const std::uint8_t count = choices.byte();
	batch.flags = choices.rarely() ? PCIPEEK_BATCH_HOLD : 0;
	batch.count =
		count < 240 ? 1 + count % 16 % 7 : static_cast<std::uint32_t>(choices.number());
	batch.op_size = sizeof(pcipeek_op);
	if (choices.rarely())
		batch.op_size = static_cast<std::uint32_t>(choices.number());
	batch.timeout_ns = timeout_of(choices);
	batch.generation = choices.rarely() ? choices.number() : 0;
	batch.ops = put_ops(batch, choices, memory);
	return batch;
}

/* Puts the structure, with a size that is mostly its own. */
template <typename T>
std::uint64_t put_sized(T argument, Choices &choices, Memory &memory)
{
	argument.size = sizeof(argument);
	if (choices.rarely())
		argument.size = static_cast<std::uint32_t>(choices.number());
	mangle(&argument, sizeof(argument), choices);
	const std::uint64_t at = place_of(sizeof(argument), choices, memory);
	memory.put(at, &argument, sizeof(argument));
	if (argument.size > sizeof(argument) && !choices.rarely())
		memory.clear(at + sizeof(argument), argument.size % Memory::page);
	return at;
}

std::uint64_t put_access(bool write, Choices &choices, Memory &memory)
{
	pcipeek_access access = access_of(write, choices);
	mangle(&access, sizeof(access), choices);
	const std::uint64_t at = place_of(sizeof(access), choices, memory);
	memory.put(at, &access, sizeof(access));
	return at;
}

pcipeek_bar_info bar_info_of(Choices &choices)
{
	pcipeek_bar_info info{};
	info.bar = bar_of(choices);
	return info;
}

pcipeek_bar_mode bar_mode_of(Choices &choices)
{
	pcipeek_bar_mode mode{};
	mode.bar = bar_of(choices);
	mode.mode = static_cast<std::uint8_t>(choices.below(2));
	return mode;
}

std::uint64_t put_argument(Command command, Choices &choices, Memory &memory)
{
	switch (command) {
	case Command::version:
		return put_sized(pcipeek_version{}, choices, memory);
	case Command::attach:
		return put_sized(attach_of(choices), choices, memory);
	case Command::restrict:
		return put_sized(restrict_of(choices), choices, memory);
	case Command::device_info:
		return put_sized(pcipeek_device_info{}, choices, memory);
	case Command::bar_info:
		return put_sized(bar_info_of(choices), choices, memory);
	case Command::bar_mode:
		return put_sized(bar_mode_of(choices), choices, memory);
	case Command::block:
		return put_sized(block_of(choices, memory), choices, memory);
	case Command::batch:
		return put_sized(batch_of(choices, memory), choices, memory);
	default:
		return put_access(command == Command::write, choices, memory);
	}
}

/* Never one of those that the kernel itself answers for every file. */
unsigned long unknown_request(Choices &choices)
{
	const auto known = [](unsigned long request) {
		return std::find(requests.begin(), requests.end(), request) != requests.end();
	};
	unsigned long request = choices.bytes(4);
	request = (request & ~0xff00UL) | PCIPEEK_IOC_MAGIC << 8;
	return known(request) ? request ^ 0x40000000 : request;
}

} // namespace

Call make_call(Command command, Choices &choices, Memory &memory)
{
	Call call{command, requests.at(static_cast<std::size_t>(command)), 0};
	call.argument = put_argument(command, choices, memory);
	tame(call, memory);
	return call;
}

Call make_garbage(Choices &choices, Memory &memory)
{
	const auto command = static_cast<Command>(choices.below(command_count));
	std::array<std::uint64_t, 8> words{};
	for (std::uint64_t &word : words)
		word = choices.number();
	Call call{command, requests.at(static_cast<std::size_t>(command)), 0};
	if (command == Command::unknown)
		call.request = unknown_request(choices);
	call.argument = place_of(sizeof(words), choices, memory);
	memory.put(call.argument, words.data(), sizeof(words));
	tame(call, memory);
	return call;
}

} // namespace fuzz
