// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "grammar/duration.hpp"
#include "refusal.hpp"

namespace pcipeek::tools {
namespace {

using namespace std::chrono_literals;

TEST(ATime, IsANumberAndAUnit)
{
	EXPECT_EQ(parse_duration("7ns"), 7ns);
	EXPECT_EQ(parse_duration("10us"), 10us);
	EXPECT_EQ(parse_duration("100ms"), 100ms);
	EXPECT_EQ(parse_duration("3s"), 3s);
	EXPECT_EQ(parse_duration("0s"), 0s);
}

TEST(ATime, MayBeTheLongestOfItsUnit)
{
	EXPECT_EQ(parse_duration("9223372036s"), 9223372036s);
	EXPECT_EQ(parse_duration("9223372036854775807ns"), std::chrono::nanoseconds::max());
}

TEST(ATime, IsPrintedInTheLargestUnitThatIsExact)
{
	EXPECT_EQ(format_duration(0ns), "0s");
	EXPECT_EQ(format_duration(1500ms), "1500ms");
	EXPECT_EQ(format_duration(2000ms), "2s");
	EXPECT_EQ(format_duration(10us), "10us");
	EXPECT_EQ(format_duration(1001ns), "1001ns");
}

TEST(ATimeInMicroseconds, MayBeWrittenInNanoseconds)
{
	EXPECT_EQ(parse_microseconds("3000ns"), 3us);
	EXPECT_EQ(parse_microseconds("1ms"), 1000us);
	EXPECT_EQ(parse_microseconds("4294967295us"), 4294967295us);
}

class ARefusedTime : public testing::TestWithParam<Refusal> {};

TEST_P(ARefusedTime, SaysWhy)
{
	EXPECT_EQ(complaint_about(GetParam().text, parse_microseconds), GetParam().complaint);
}

INSTANTIATE_TEST_SUITE_P(
	Time, ARefusedTime,
	testing::Values(
		Refusal{"Missing", "",
			"'', column 1: a time is missing here; write a number and ns, us, ms "
			"or s, such as 100ms"},
		Refusal{"NoNumber", "ms",
			"'ms', column 1: a time is missing here; write a number and ns, us, ms "
			"or s, such as 100ms"},
		Refusal{"NoUnit", "10",
			"'10', column 3: the unit of time is missing; write a number and ns, "
			"us, ms or s, such as 100ms"},
		Refusal{"UnknownUnit", "10m",
			"'10m', column 3: 'm' is not a unit of time; write a number and ns, "
			"us, ms or s, such as 100ms"},
		Refusal{"Hexadecimal", "0x10us",
			"'0x10us', column 2: 'x10us' is not a unit of time; write a number and "
			"ns, us, ms or s, such as 100ms"},
		Refusal{"Fraction", "1.5s",
			"'1.5s', column 2: '.5s' is not understood here; write a number and "
			"ns, us, ms or s, such as 100ms"},
		Refusal{"Negative", "-1s",
			"'-1s', column 1: '-1s' is not understood here; write a number and ns, "
			"us, ms or s, such as 100ms"},
		Refusal{"LeadingZero", "010ms",
			"'010ms', column 1: a leading zero could mean octal; leave it out"},
		Refusal{"LeadingZeroOfOneDigit", "01s",
			"'01s', column 1: a leading zero could mean octal; leave it out"},
		Refusal{"TooLong", "9223372037s",
			"'9223372037s', column 1: that is too long; the longest time is "
			"9223372036s"},
		Refusal{"TooLongForAnyNumber", "99999999999999999999s",
			"'99999999999999999999s', column 1: that is too long; the longest time is "
			"9223372036s"},
		Refusal{"LessThanAMicrosecond", "1500ns",
			"'1500ns', column 1: only whole microseconds are possible here, and at "
			"most 4294s"},
		Refusal{"MoreMicrosecondsThan32Bits", "4295s",
			"'4295s', column 1: only whole microseconds are possible here, and at "
			"most 4294s"}),
	claim_of);

} // namespace
} // namespace pcipeek::tools
