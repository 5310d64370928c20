/* SPDX-License-Identifier: GPL-2.0-or-later */
/* SPDX-FileCopyrightText: The pcipeek developers */
#ifndef PCIPEEK_TESTS_VM_FAULTS_INJECTION_HPP
#define PCIPEEK_TESTS_VM_FAULTS_INJECTION_HPP

#include <functional>

namespace faults {

/* Every allocation may fail, those that could wait for memory, too; and silently. */
void prepare();

/* How many allocations @act makes, none of which fails. */
unsigned allocations_of(const std::function<void()> &act);

/*
 * Run @act, which returns an errno, again and again: at first its first allocation
 * fails, then its second, and so on until none is left to fail. @after sees how each
 * run ended, and puts things in order for the next. Returns how many failed. The first
 * @spared allocations never do.
 */
unsigned fail_each_allocation(const std::function<int()> &act,
			      const std::function<void(int error)> &after, unsigned spared = 0);

} // namespace faults

#endif
