/* SPDX-License-Identifier: GPL-2.0-or-later */
/* SPDX-FileCopyrightText: The pcipeek developers */
#ifndef PCIPEEK_TESTS_VM_FUZZ_NEIGHBOURS_HPP
#define PCIPEEK_TESTS_VM_FUZZ_NEIGHBOURS_HPP

#include <array>
#include <cstdint>
#include <random>

#include "argument.hpp"
#include "memory.hpp"

namespace fuzz {

/* Calls that are beside one: a few bits of its argument, or of its operations, differ. */
class Neighbours {
public:
	Neighbours(const Call &call, const Memory &memory);
	/* Put the argument of another one in the place of the last. */
	void put_next(std::minstd_rand &random, Memory &memory) const;

private:
	static constexpr std::size_t argument_bytes = 64;
	static constexpr std::size_t operation_bytes = 256;

	Call call_;
	std::uint64_t operations_at_ = 0;
	std::array<std::uint8_t, argument_bytes> argument_{};
	std::array<std::uint8_t, operation_bytes> operations_{};
};

} // namespace fuzz

#endif
