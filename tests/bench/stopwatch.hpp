/* SPDX-License-Identifier: GPL-2.0-or-later */
/* SPDX-FileCopyrightText: The pcipeek developers */
#ifndef PCIPEEK_TESTS_BENCH_STOPWATCH_HPP
#define PCIPEEK_TESTS_BENCH_STOPWATCH_HPP

#include <cstdint>
#include <string>
#include <vector>

/*
 * Costs, by CLOCK_MONOTONIC: nanoseconds, which are instructions in a machine that runs
 * with -icount shift=0. What is printed is "NAME VALUE", a line each.
 */
namespace bench {

std::uint64_t now();
double median(std::vector<double> values);
void report(const std::string &name, double value);

/* Ends the program, naming what failed: a refusal must not be measured as a success. */
void require(bool holds, const std::string &what);

/*
 * Rounds are short beside the 4 ms between two ticks of the kernel, so that most of them
 * contain none, and the median is that of a round without.
 */
constexpr unsigned rounds = 51;
constexpr unsigned operations = 32;

template <class Work>
double median_time(const Work &work, unsigned times = rounds)
{
	std::vector<double> costs;
	for (unsigned i = 0; i < times; ++i) {
		const std::uint64_t begin = now();
		work();
		costs.push_back(static_cast<double>(now() - begin));
	}
	return median(costs);
}

/* What @value was computed for: the compiler must not drop it. */
template <class T>
void keep(T value)
{
	asm volatile("" : : "r"(value));
}

/* Time of one operation, without that of the loop around it and of the clock. */
template <class Operation>
double per_operation(const Operation &operation, unsigned times = operations)
{
	const auto loop = [times](const auto &body) {
		return [times, &body] {
			for (unsigned i = 0; i < times; ++i) {
				asm volatile("" : "+r"(i));
				body();
			}
		};
	};
	const double empty = median_time(loop([] {}));
	return (median_time(loop(operation)) - empty) / times;
}

} // namespace bench

#endif
