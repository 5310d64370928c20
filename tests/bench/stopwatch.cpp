// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "stopwatch.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>

namespace bench {

std::uint64_t now()
{
	timespec time{};
	::clock_gettime(CLOCK_MONOTONIC, &time);
	return static_cast<std::uint64_t>(time.tv_sec) * 1000000000U +
	       static_cast<std::uint64_t>(time.tv_nsec);
}

double median(std::vector<double> values)
{
	const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
	std::nth_element(values.begin(), middle, values.end());
	return *middle;
}

void report(const std::string &name, double value)
{
	std::printf("%s %.2f\n", name.c_str(), value);
}

void require(bool holds, const std::string &what)
{
	if (holds)
		return;
	std::fprintf(stderr, "bench: failed: %s (%s)\n", what.c_str(), std::strerror(errno));
	std::exit(1);
}

} // namespace bench
