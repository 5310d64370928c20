// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "testing/clock.hpp"

#include <algorithm>
#include <utility>

namespace pcipeek::testing {

void Clock::after(Time delay, Action action)
{
	actions_.emplace(now_ + std::max(delay, Time::zero()), std::move(action));
}

void Clock::go_to(Time time)
{
	// An action may move the clock, too, and put off others.
	while (!actions_.empty() && actions_.begin()->first <= time) {
		const auto due = actions_.extract(actions_.begin());
		now_ = std::max(now_, due.key());
		due.mapped()();
	}
	now_ = std::max(now_, time);
}

} // namespace pcipeek::testing
