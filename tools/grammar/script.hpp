// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include "grammar/action.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace pcipeek::tools {

struct Step {
	std::size_t line; /* counted from 1 */
	Action action;
};

/*
 * What `pcipeek run` runs. Statements end at the end of a line or at a semicolon; a
 * comment goes from # to the end of its line.
 *
 *     LOCATION
 *     ASSIGN
 *     wait CONDITION [TIMEOUT]
 *     expect CONDITION
 *     delay TIME
 *     flush
 *
 * Pure syntax: nothing is known about the device yet. It fits one batch.
 */
struct Script {
	std::string name; /* of the file, for messages */
	std::vector<Step> steps;

	/* "board.txt:3" */
	std::string place_of(const Step &step) const;
};

/*
 * Throws UsageError, which begins with the file name and the line; also for a script
 * without a statement.
 */
Script parse_script(std::string_view name, std::string_view text);

} // namespace pcipeek::tools
