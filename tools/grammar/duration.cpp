// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "grammar/duration.hpp"

#include "format.hpp"
#include "grammar/scanner.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <limits>

namespace pcipeek::tools {

namespace {

using std::chrono::microseconds;
using std::chrono::nanoseconds;

struct Unit {
	std::string_view name;
	std::int64_t nanoseconds;
};

constexpr std::array<Unit, 4> units{
	{{"s", 1'000'000'000}, {"ms", 1'000'000}, {"us", 1000}, {"ns", 1}}};

constexpr std::string_view form = "write a number and ns, us, ms or s, such as 100ms";

std::int64_t find_unit(const Scanner &in, std::size_t column, std::string_view name)
{
	const auto *const unit = std::ranges::find(units, name, &Unit::name);

	if (name.empty())
		in.fail_at(column, formatted("the unit of time is missing; {}", form));
	if (unit == units.end())
		in.fail_at(column, formatted("'{}' is not a unit of time; {}", name, form));
	return unit->nanoseconds;
}

std::int64_t convert(const Scanner &in, std::string_view digits, std::int64_t unit)
{
	constexpr auto largest = std::numeric_limits<std::int64_t>::max();
	std::int64_t number = 0;
	const auto result = std::from_chars(digits.data(), digits.data() + digits.size(), number);

	if (digits.size() > 1 && digits.front() == '0')
		in.fail_at(0, "a leading zero could mean octal; leave it out");
	if (result.ec == std::errc::result_out_of_range || number > largest / unit)
		in.fail_at(0, formatted("that is too long; the longest time is {}s",
					largest / units.front().nanoseconds));
	return number * unit;
}

} // namespace

nanoseconds parse_duration(std::string_view text)
{
	Scanner in(text);
	const std::string_view word = in.take_word();
	const auto digits = word.substr(0, word.find_first_not_of("0123456789"));

	if (!in.at_end())
		in.fail(formatted("'{}' is not understood here; {}", in.rest(), form));
	if (digits.empty())
		in.fail_at(0, formatted("a time is missing here; {}", form));
	const auto unit = find_unit(in, digits.size(), word.substr(digits.size()));
	return nanoseconds(convert(in, digits, unit));
}

microseconds parse_microseconds(std::string_view text)
{
	constexpr microseconds longest(std::numeric_limits<std::uint32_t>::max());
	const nanoseconds time = parse_duration(text);
	const auto whole = std::chrono::duration_cast<microseconds>(time);

	if (whole != time || whole > longest)
		Scanner(text).fail("only whole microseconds are possible here, and at most "
				   "4294s");
	return whole;
}

std::string format_duration(nanoseconds time, std::string_view space)
{
	const auto *const unit = std::ranges::find_if(units, [&](const Unit &each) {
		return time.count() % each.nanoseconds == 0;
	});

	return formatted("{}{}{}", time.count() / unit->nanoseconds, space, unit->name);
}

} // namespace pcipeek::tools
