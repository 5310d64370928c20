/* SPDX-License-Identifier: GPL-2.0-or-later */
/* SPDX-FileCopyrightText: The pcipeek developers */
#ifndef PCIPEEK_TESTS_VM_STORM_TOUCH_HPP
#define PCIPEEK_TESTS_VM_STORM_TOUCH_HPP

#include <cstdint>

namespace storm {

/* From now on touch() lives through a SIGBUS, in every thread. */
void survive_sigbus();

/* Load a word of a mapping: 0, or EFAULT when it was a SIGBUS. */
int touch(const volatile std::uint32_t *word);

} // namespace storm

#endif
