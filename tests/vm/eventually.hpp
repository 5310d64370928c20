/* SPDX-License-Identifier: GPL-2.0-or-later */
/* SPDX-FileCopyrightText: The pcipeek developers */
#ifndef PCIPEEK_TESTS_VM_EVENTUALLY_HPP
#define PCIPEEK_TESTS_VM_EVENTUALLY_HPP

#include <chrono>
#include <thread>

namespace vm {

/* Looks until it is so; false if it is not in 20 seconds. */
template <class Condition>
bool eventually(const Condition &is_so)
{
	using namespace std::chrono_literals;
	const auto end = std::chrono::steady_clock::now() + 20s;
	while (!is_so()) {
		if (std::chrono::steady_clock::now() > end)
			return false;
		std::this_thread::sleep_for(5ms);
	}
	return true;
}

} // namespace vm

#endif
