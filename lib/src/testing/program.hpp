// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include "testing/board.hpp"

namespace pcipeek::testing {

/** One access of a program: 0 or the errno. */
struct ProgramBus {
	std::function<int(const pcipeek_op &op, std::uint64_t &value)> read;
	std::function<int(const pcipeek_op &op, std::uint64_t value)> write;
	std::function<int()> flush;
};

/**
 * Runs the operations of a batch, which was checked, in the board's time.
 * @return 0 or the errno; batch.done and the results and errors of the operations are
 * set as <linux/pcipeek.h> says.
 */
int run_program(pcipeek_batch &batch, pcipeek_op *ops, Clock &clock, const ProgramBus &bus);

} // namespace pcipeek::testing
