/* SPDX-License-Identifier: GPL-2.0-or-later */
/* SPDX-FileCopyrightText: The pcipeek developers */
#ifndef PCIPEEK_TESTS_VM_FUZZ_ARGUMENT_HPP
#define PCIPEEK_TESTS_VM_FUZZ_ARGUMENT_HPP

#include <cstddef>
#include <cstdint>

#include "choices.hpp"
#include "memory.hpp"

namespace fuzz {

enum class Command {
	version,
	attach,
	restrict,
	device_info,
	bar_info,
	bar_mode,
	read,
	write,
	block,
	batch,
	/* A number that the contract does not have. */
	unknown,
	count,
};

constexpr std::size_t command_count = static_cast<std::size_t>(Command::count);

/* One ioctl, whose argument lies in the memory, or is no memory at all. */
struct Call {
	Command command = Command::unknown;
	unsigned long request = 0;
	std::uint64_t argument = 0;
};

/* Well-formed in most of its fields, and where it is not, just beside that. */
Call make_call(Command command, Choices &choices, Memory &memory);

/* A command of the contract, or none, with bytes that mean nothing. */
Call make_garbage(Choices &choices, Memory &memory);

} // namespace fuzz

#endif
