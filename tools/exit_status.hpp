// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include <pcipeek/error.hpp>

#include <exception>

namespace pcipeek::tools {

/* The exit statuses of the command; part of its interface, see pcipeek(1). */
enum class ExitStatus {
	done = 0,
	failure = 1, /* none of those below */
	usage = 2, /* the command line is wrong */
	no_device = 3, /* no such device, or it is gone */
	not_permitted = 4, /* not permitted, or not granted */
	no_such_place = 5, /* no such BAR or register, outside it, or misaligned */
	cannot_answer = 6, /* asleep, not decoding, in a reset, off the bus */
	timed_out = 7,
	in_use = 8, /* another driver, or another program, has it */
	differs = 9, /* it was compared, and differs */

	/* exec only, as a shell would */
	cannot_run = 126,
	not_found = 127,
};

/* The one mapping from what the library says to an exit status. */
ExitStatus exit_status(Cause cause);

/* The same for anything that a verb may throw. */
ExitStatus exit_status(const std::exception &error);

} // namespace pcipeek::tools
