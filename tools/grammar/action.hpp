// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include "grammar/assign.hpp"
#include "grammar/condition.hpp"
#include "grammar/location.hpp"

#include <chrono>
#include <cstdint>
#include <string>
#include <variant>

namespace pcipeek::tools {

/* What one batch of the kernel has room for. */
constexpr std::uint64_t most_operations = 1024;
constexpr std::chrono::nanoseconds longest_batch = std::chrono::seconds(10);

struct Wait {
	Condition condition;
	std::chrono::nanoseconds timeout;
};

struct Expect {
	Condition condition;
};

struct Delay {
	std::chrono::nanoseconds time;
};

struct Flush {};

/* A Location stands for a read of each of its elements. */
using Action = std::variant<Location, Assign, Wait, Expect, Delay, Flush>;

/* The statement, as it could stand in a script. */
std::string format_action(const Action &action);

} // namespace pcipeek::tools
