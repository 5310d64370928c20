// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers

#include "touch.hpp"

#include <cerrno>
#include <csetjmp>
#include <csignal>

namespace vm {
namespace {

/* The signal comes to the thread that touched. */
thread_local sigjmp_buf caught;

void jump(int)
{
	siglongjmp(caught, 1);
}

/* From the first call on. */
bool survive_sigbus()
{
	struct sigaction action {};
	action.sa_handler = jump;
	return ::sigaction(SIGBUS, &action, nullptr) == 0;
}

} // namespace

int touch(const volatile std::uint32_t *word)
{
	[[maybe_unused]] static const bool survives = survive_sigbus();
	if (sigsetjmp(caught, 1) != 0)
		return EFAULT;
	[[maybe_unused]] const std::uint32_t value = *word;
	return 0;
}

} // namespace vm
