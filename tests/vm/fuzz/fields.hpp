/* SPDX-License-Identifier: GPL-2.0-or-later */
/* SPDX-FileCopyrightText: The pcipeek developers */
#ifndef PCIPEEK_TESTS_VM_FUZZ_FIELDS_HPP
#define PCIPEEK_TESTS_VM_FUZZ_FIELDS_HPP

#include <cstddef>
#include <cstdint>

#include "choices.hpp"
#include "memory.hpp"

/* What stands in the fields of arguments: sensible mostly, and sometimes not. */
namespace fuzz {

/* Where an argument goes: in the middle, or at one of the edges that matter. */
std::uint64_t place_of(std::size_t bytes, Choices &choices, const Memory &memory);
/* Where data goes: mostly to its page. */
std::uint64_t buffer_of(Choices &choices, const Memory &memory);
/* Those that this machine's functions have, but for a few. */
std::uint8_t bar_of(Choices &choices);
std::uint8_t width_of(Choices &choices);
/* Aligned to the width, and a value that fits it. */
std::uint64_t offset_of(std::uint8_t width, Choices &choices);
std::uint64_t value_of(std::uint8_t width, Choices &choices);
/* Of the bytes, a few are others. */
void mangle(void *bytes, std::size_t count, Choices &choices);

} // namespace fuzz

#endif
