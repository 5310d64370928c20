/* SPDX-License-Identifier: GPL-2.0-or-later */
/* SPDX-FileCopyrightText: The pcipeek developers */
#ifndef PCIPEEK_TESTS_VM_FUZZ_TAME_HPP
#define PCIPEEK_TESTS_VM_FUZZ_TAME_HPP

#include "argument.hpp"
#include "memory.hpp"

namespace fuzz {

/*
 * Take out of a call what this machine or this program, and not the module, would suffer
 * from: writes to a function that the machine needs, or to other memory, and waiting.
 */
void tame(const Call &call, Memory &memory);

} // namespace fuzz

#endif
