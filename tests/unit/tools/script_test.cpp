// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "grammar/script.hpp"
#include "refusal.hpp"

#include <gmock/gmock.h>

namespace pcipeek::tools {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;

Script parse(const std::string &text)
{
	return parse_script("board.txt", text);
}

/* "2 flush": the line and the canonical form of each step. */
std::vector<std::string> steps_of(const std::string &text)
{
	std::vector<std::string> steps;

	for (const auto &step : parse(text).steps)
		steps.push_back(std::to_string(step.line) + ' ' + format_action(step.action));
	return steps;
}

TEST(AScript, HasOneStepALine)
{
	EXPECT_THAT(steps_of("bar0+0x08=5\n"
			     "wait bar0+0x20==0:0x80 100ms\n"
			     "expect bar0+0x24.w!=0xffff\n"
			     "delay 10us\n"
			     "flush\n"
			     "bar0+0x08\n"),
		    ElementsAre("1 bar0+0x08.l=0x00000005",
				"2 wait bar0+0x20.l==0x00000000:0x00000080 100ms",
				"3 expect bar0+0x24.w!=0xffff", "4 delay 10us", "5 flush",
				"6 bar0+0x08.l"));
}

TEST(AScript, MayHaveSeveralStepsOnALineBetweenSemicolons)
{
	EXPECT_THAT(steps_of("bar0=1; flush;bar0"),
		    ElementsAre("1 bar0+0x00.l=0x00000001", "1 flush", "1 bar0+0x00.l"));
	EXPECT_THAT(steps_of(";;flush;\n;flush"), ElementsAre("1 flush", "2 flush"));
}

TEST(AScript, MayHaveCommentsAndBlankLines)
{
	EXPECT_THAT(steps_of("# first; flush\n\n  \t\n flush # then\n"), ElementsAre("4 flush"));
}

TEST(AScript, NeedsNoNewlineAtItsEndAndMayHaveThoseOfOtherSystems)
{
	EXPECT_THAT(steps_of("flush\r\nbar0\r\nflush"),
		    ElementsAre("1 flush", "2 bar0+0x00.l", "3 flush"));
}

TEST(AScript, WaitsASecondUnlessToldOtherwise)
{
	EXPECT_EQ(std::get<Wait>(parse("wait bar0==0").steps[0].action).timeout, 1s);
	EXPECT_EQ(std::get<Wait>(parse("wait bar0==0 0s").steps[0].action).timeout, 0s);
	EXPECT_EQ(std::get<Wait>(parse("wait bar0==0 10s").steps[0].action).timeout, 10s);
}

TEST(AScript, IsPrintedAsAScriptOfTheSameMeaning)
{
	const std::string text = "bar0+0x10.b,4:7:4\n"
				 "bar5+0x1000.q=0x0123456789abcdef\n"
				 "bar0+0x10.l:7:4=0x3\n"
				 "bar0+0x10.l:7=0x1\n"
				 "bar0+0x10.l=0x00000005:0x0000000f\n"
				 "wait bar0+0x20.w!=0x0000 7ns\n"
				 "expect bar0+0x20.l:3:0==0x5:0x7\n"
				 "delay 0s\n"
				 "flush\n";
	std::string printed;

	for (const auto &step : parse(text).steps)
		printed += format_action(step.action) + '\n';
	EXPECT_EQ(printed, text);
}

TEST(AScript, MayHaveAsManyOperationsAsABatchHasRoomFor)
{
	EXPECT_EQ(parse("bar0,1024").steps.size(), 1u);
	EXPECT_EQ(parse("bar0,1023\nflush").steps.size(), 2u);
}

TEST(AScript, MayHaveTenSecondsOfDelays)
{
	EXPECT_EQ(parse("delay 9s; delay 1s").steps.size(), 2u);
}

std::string refusal_of(const std::string &text)
{
	return complaint_about(text, parse);
}

TEST(AScript, ThatIsTooLongIsRefusedInOneLineWhereverItBecomesSo)
{
	std::string text;

	for (int i = 0; i < 1025; ++i)
		text += "flush\n";
	EXPECT_EQ(refusal_of(text),
		  "board.txt:1025: more than 1024 operations; a batch holds no more, so split "
		  "it into several runs");
}

class ARefusedScript : public testing::TestWithParam<Refusal> {};

TEST_P(ARefusedScript, NamesTheFileAndTheLine)
{
	EXPECT_EQ(refusal_of(GetParam().text), GetParam().complaint);
}

constexpr const char *lines_are = "a line is LOCATION, ASSIGN, wait, expect, delay or flush";

INSTANTIATE_TEST_SUITE_P(
	Script, ARefusedScript,
	testing::Values(
		Refusal{"Empty", "", "board.txt: there is nothing to run"},
		Refusal{"OnlyComments", "# bar0\n\n", "board.txt: there is nothing to run"},
		Refusal{"UnknownWord", "flush\n\nwiat bar0==1",
			std::string("board.txt:3: 'wiat' is not understood; ") + lines_are},
		Refusal{"UnknownWordOnAnEarlierLine", "foo bar0\nbar0=1x",
			std::string("board.txt:1: 'foo' is not understood; ") + lines_are},
		Refusal{"CapitalWord", "WAIT bar0==1",
			std::string("board.txt:1: 'WAIT' is not understood; ") + lines_are},
		Refusal{"BadLocation", "flush\nbar0+010",
			"board.txt:2: 'bar0+010', column 6: a leading zero could mean octal; "
			"write 10 or 0x10"},
		Refusal{"BadValue", "bar0.b=256",
			"board.txt:1: 'bar0.b=256', column 8: 0x100 needs 9 bits, and bar0.b has "
			"8; choose a wider width or a smaller value"},
		Refusal{"BlanksInAnAssignment", "bar0 = 1",
			"board.txt:1: unexpected '='; write LOCATION or LOCATION=VALUE[:MASK], "
			"without blanks in it"},
		Refusal{"BareCondition", "bar0==1",
			"board.txt:1: 'bar0==1' is a condition; write wait or expect before it"},
		Refusal{"BareConditionThatIsUnequal", "bar0!=1",
			"board.txt:1: 'bar0!=1' is a condition; write wait or expect before it"},
		Refusal{"AssignmentToSeveral", "bar0,2=1",
			"board.txt:1: 'bar0,2=1': one value goes to one register; leave out the "
			"count, or use 'pcipeek fill'"},
		Refusal{"ReadOfConfigurationSpace", "config+4",
			"board.txt:1: 'config+4': only BARs are allowed here; write bar0 to "
			"bar5"},
		Refusal{"WriteOfConfigurationSpace", "config+4=1",
			"board.txt:1: 'config+4': only BARs are allowed here; write bar0 to "
			"bar5"},
		Refusal{"ReadOfTheRom", "rom",
			"board.txt:1: 'rom': only BARs are allowed here; write bar0 to bar5"},
		Refusal{"WaitForNothing", "wait",
			"board.txt:1: 'wait' is incomplete; write wait CONDITION [TIMEOUT]"},
		Refusal{"WaitWithTooMuch", "wait bar0==1 1s 2s",
			"board.txt:1: unexpected '2s'; write wait CONDITION [TIMEOUT]"},
		Refusal{"WaitWithoutUnit", "wait bar0==1 1",
			"board.txt:1: '1', column 2: the unit of time is missing; write a "
			"number and ns, us, ms or s, such as 100ms"},
		Refusal{"WaitLongerThanABatch", "wait bar0==1 10001ms",
			"board.txt:1: '10001ms': a batch takes at most 10s; 'pcipeek wait' "
			"waits longer"},
		Refusal{"ExpectNothing", "expect",
			"board.txt:1: 'expect' is incomplete; write expect CONDITION"},
		Refusal{"ExpectWithTimeout", "expect bar0==1 1s",
			"board.txt:1: unexpected '1s'; write expect CONDITION"},
		Refusal{"ExpectALocation", "expect bar0",
			"board.txt:1: 'bar0', column 5: '==VALUE' or '!=VALUE' is missing; a "
			"condition is LOCATION==VALUE[:MASK] or LOCATION!=VALUE[:MASK]"},
		Refusal{"DelayOfNothing", "delay",
			"board.txt:1: 'delay' is incomplete; write delay TIME"},
		Refusal{"DelayOfTwo", "delay 1s 2s",
			"board.txt:1: unexpected '2s'; write delay TIME"},
		Refusal{"DelaysLongerThanABatch", "delay 9s\nflush\ndelay 1001ms",
			"board.txt:3: the delays add up to more than 10s; a batch takes at "
			"most 10s, so split it into several runs"},
		Refusal{"FlushOfSomething", "flush bar0",
			"board.txt:1: unexpected 'bar0'; write flush"},
		Refusal{"TooManyReads", "flush\nbar0,1024",
			"board.txt:2: more than 1024 operations; a batch holds no more, so "
			"split it into several runs"},
		Refusal{"HugeCount", "bar0,0xffffffffffffffff\nbar0,0xffffffffffffffff",
			"board.txt:1: more than 1024 operations; a batch holds no more, so "
			"split it into several runs"}),
	claim_of);

} // namespace
} // namespace pcipeek::tools
