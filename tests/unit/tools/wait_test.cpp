// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "verb_run.hpp"

#include <gmock/gmock.h>

namespace pcipeek::tools {
namespace {

using namespace std::chrono_literals;
using ::testing::IsEmpty;

class AWait : public AVerbOnABoard {};

TEST_F(AWait, PrintsTheValueThatMetTheCondition)
{
	board.set<std::uint32_t>(0, 0x20, 0x81);
	board.after(50ms, [&] { board.set<std::uint32_t>(0, 0x20, 0x80); });

	EXPECT_EQ(run(wait_verb, {"bar0+0x20==0:1"}), succeeded("0x00000080\n"));
	EXPECT_GE(board.now(), 50ms);
	EXPECT_LT(board.now(), 60ms);
}

TEST_F(AWait, ThatIsOverAtOnceIsOneRead)
{
	EXPECT_EQ(run(wait_verb, {"bar0+0x20.b==0"}), succeeded("0x00\n"));
	EXPECT_EQ(seen().size(), 1u);
}

TEST_F(AWait, OfABitFieldPrintsTheField)
{
	board.set<std::uint32_t>(0, 0x20, 0xabcd);

	EXPECT_EQ(run(wait_verb, {"bar0+0x20:7:4!=3"}), succeeded("0xc\n"));
}

TEST_F(AWait, EndsAfterASecondUnlessToldOtherwise)
{
	EXPECT_EQ(run(wait_verb, {"bar0==1"}).status, 7);
	EXPECT_EQ(board.now() / 1ms, 1000);
}

TEST_F(AWait, PrintsTheLastValueWhenItsTimeIsUp)
{
	const auto outcome = run(wait_verb, {"bar0+0x20.w==1", "--timeout", "100ms"});

	EXPECT_EQ(outcome.status, 7);
	EXPECT_EQ(outcome.output, "0x0000\n");
	EXPECT_EQ(outcome.error,
		  "pcipeek: 0000:05:0d.0: timed out after 100 ms: bar0+0x20 is 0x0000, "
		  "expected 0x0001\n");
	EXPECT_EQ(board.now() / 1ms, 100);
}

TEST_F(AWait, TellsWhatItFoundInTheTermsOfTheCondition)
{
	board.set<std::uint32_t>(0, 0x20, 0xab05);

	EXPECT_EQ(run(wait_verb, {"bar0+0x20:7:4==5"}),
		  failed(7, "0000:05:0d.0: timed out after 1 s: bar0+0x20:7:4 is 0x0, expected 0x5",
			 "0x0\n"));
	EXPECT_EQ(run(wait_verb, {"bar0+0x20:15:8==1:0x3", "--timeout", "1500ms"}),
		  failed(7,
			 "0000:05:0d.0: timed out after 1500 ms: bar0+0x20:15:8 is 0xab, expected "
			 "0x01 under mask 0x03",
			 "0xab\n"));
	EXPECT_EQ(
		run(wait_verb, {"bar0+0x20.w!=5:0xf", "--timeout", "0s"}),
		failed(7,
		       "0000:05:0d.0: timed out after 0 s: bar0+0x20 is 0xab05, expected anything "
		       "but 0x0005 under mask 0x000f",
		       "0xab05\n"));
}

TEST_F(AWait, MayTakeLongerThanABatch)
{
	EXPECT_EQ(run(wait_verb, {"bar0==1", "--timeout", "25s", "--interval", "1s"}).status, 7);
	EXPECT_EQ(board.now() / 1ms, 25'000);
}

TEST_F(AWait, LooksAtIntervalsWhenThatWasAskedFor)
{
	EXPECT_EQ(run(wait_verb, {"bar0==1", "--timeout", "50ms", "--interval", "10ms"}).status, 7);
	EXPECT_EQ(seen().size(), 6u);
}

TEST_F(AWait, OfNoTimeIsOneRead)
{
	EXPECT_EQ(run(wait_verb, {"bar0==1", "--timeout", "0s"}).status, 7);
	EXPECT_EQ(seen().size(), 1u);
}

TEST_F(AWait, IsRefusedWithoutAnAccessIfItIsMalformed)
{
	EXPECT_EQ(run(wait_verb, {"bar0==1", "--timeout", "5"}),
		  failed(2, "wait: '5', column 2: the unit of time is missing; write a number "
			    "and ns, us, ms or s, such as 100ms"));
	EXPECT_EQ(run(wait_verb, {"bar0"}).status, 2);
	EXPECT_EQ(run(wait_verb, {"bar0+0x40==1"}).status, 5);
	EXPECT_THAT(seen(), IsEmpty());
}

TEST_F(AWait, EndsWhenTheDeviceNoLongerAnswers)
{
	board.after(10ms, [&] { board.set_answering(false); });

	EXPECT_EQ(run(wait_verb, {"bar0==1"}).status, 6);
}

} // namespace
} // namespace pcipeek::tools
