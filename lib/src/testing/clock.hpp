// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include <chrono>
#include <functional>
#include <map>

namespace pcipeek::testing {

/** A fake board's time. It stands still unless somebody moves it on. */
class Clock {
public:
	using Time = std::chrono::nanoseconds;
	using Action = std::function<void()>;

	Time now() const noexcept
	{
		return now_;
	}

	/** Puts the action off until the clock has gone on by that much. */
	void after(Time delay, Action action);

	/** Goes on, and runs on the way what is due, each at its time. */
	void go_to(Time time);

private:
	Time now_{};
	std::multimap<Time, Action> actions_;
};

} // namespace pcipeek::testing
