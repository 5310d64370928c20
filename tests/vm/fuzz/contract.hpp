/* SPDX-License-Identifier: GPL-2.0-or-later */
/* SPDX-FileCopyrightText: The pcipeek developers */
#ifndef PCIPEEK_TESTS_VM_FUZZ_CONTRACT_HPP
#define PCIPEEK_TESTS_VM_FUZZ_CONTRACT_HPP

#include <vector>

#include "argument.hpp"
#include "memory.hpp"

namespace fuzz {

const char *name_of(Command command);

/*
 * May this be the answer, of a function that is there, awake and in no reset, to a caller
 * who is alone? What is asked of a file that is not attached has one answer only.
 */
bool may_answer(Command command, int error, bool attached);

/* Where the kernel may have written, by what the call said before it was made. */
std::vector<Range> may_change(const Call &call, int error, const Memory &memory);

bool may_map_answer(int error, bool attached);

} // namespace fuzz

#endif
