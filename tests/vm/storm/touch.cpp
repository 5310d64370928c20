// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers

#include "touch.hpp"

#include <cerrno>
#include <csetjmp>
#include <csignal>

namespace storm {
namespace {

/* The signal comes to the thread that touched. */
thread_local sigjmp_buf caught;

void jump(int)
{
	siglongjmp(caught, 1);
}

} // namespace

void survive_sigbus()
{
	struct sigaction action {};
	action.sa_handler = jump;
	::sigaction(SIGBUS, &action, nullptr);
}

int touch(const volatile std::uint32_t *word)
{
	if (sigsetjmp(caught, 1) != 0)
		return EFAULT;
	[[maybe_unused]] const std::uint32_t value = *word;
	return 0;
}

} // namespace storm
