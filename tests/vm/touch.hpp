/* SPDX-License-Identifier: GPL-2.0-or-later */
/* SPDX-FileCopyrightText: The pcipeek developers */
#ifndef PCIPEEK_TESTS_VM_TOUCH_HPP
#define PCIPEEK_TESTS_VM_TOUCH_HPP

#include <cstdint>

namespace vm {

/* Load a word of a mapping: 0, or EFAULT when it was a SIGBUS. In any thread. */
int touch(const volatile std::uint32_t *word);

} // namespace vm

#endif
