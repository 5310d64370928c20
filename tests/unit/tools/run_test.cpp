// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "verb_run.hpp"

#include <gmock/gmock.h>

namespace pcipeek::tools {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class ARun : public AVerbOnABoard {};

TEST_F(ARun, MakesTheAccessesInOrderAndPrintsWhatWasRead)
{
	board.set<std::uint32_t>(0, 0x10, 0xa0);

	EXPECT_EQ(run(run_verb, {"-e", "bar0+8=5; bar0+0x10:3:0=0xb; bar1.b,2; bar0+0x10"}),
		  succeeded("bar1+0x00 0x00\nbar1+0x01 0x00\nbar0+0x10 0x000000ab\n"));
	EXPECT_THAT(seen(), ElementsAre("write bar0+0x8 32 = 0x5", "read bar0+0x10 32 = 0xa0",
					"write bar0+0x10 32 = 0xab", "read bar1+0x0 8 = 0x0",
					"read bar1+0x1 8 = 0x0", "read bar0+0x10 32 = 0xab"));
}

TEST_F(ARun, PrintsTheOnlyValueAlone)
{
	EXPECT_EQ(run(run_verb, {"-e", "bar0+8=5; wait bar0+8==5; bar0+8"}),
		  succeeded("0x00000005\n"));
}

TEST_F(ARun, PrintsNothingIfNothingWasRead)
{
	EXPECT_EQ(run(run_verb, {"-e", "bar0+8=5; flush"}), succeeded(""));
}

TEST_F(ARun, MayPrintJson)
{
	EXPECT_EQ(run(run_verb, {"-e", "bar0.b", "--json"}), succeeded(R"([
  {"location":"bar0+0x00","bar":0,"offset":0,"width":1,"value":0,"hex":"0x00"}
]
)"));
}

TEST_F(ARun, TakesItsScriptFromAFile)
{
	const ScratchFile file("# what the board is\nbar0 # its identification\n");

	EXPECT_EQ(run(run_verb, {file.path()}), succeeded("0x00000000\n"));
}

TEST_F(ARun, WaitsAndDelaysInTheKernel)
{
	board.after(30ms, [&] { board.set<std::uint32_t>(0, 4, 1); });

	EXPECT_EQ(run(run_verb, {"-e", "wait bar0+4==1 100ms; delay 1s; bar0+4"}),
		  succeeded("0x00000001\n"));
	EXPECT_GE(board.now(), 1030ms);
	EXPECT_LT(board.now(), 1040ms);
}

TEST_F(ARun, EndsAtAnExpectationThatIsNotMet)
{
	board.set<std::uint32_t>(0, 4, 0x1234);

	EXPECT_EQ(run(run_verb, {"-e", "bar0+4\nexpect bar0+4==0x1235\nbar0+8=1"}),
		  failed(9,
			 "run: -e:2: 0000:05:0d.0: bar0+0x04 is 0x00001234, expected 0x00001235; "
			 "nothing after it was run",
			 "0x00001234\n"));
	EXPECT_THAT(seen(), ElementsAre("read bar0+0x4 32 = 0x1234", "read bar0+0x4 32 = 0x1234"));
}

TEST_F(ARun, GoesOnAfterAnExpectationThatIsMet)
{
	EXPECT_EQ(run(run_verb, {"-e", "expect bar0!=1; expect bar0==0:0xff; bar0+8=1"}),
		  succeeded(""));
	EXPECT_EQ(seen().size(), 3u);
}

TEST_F(ARun, EndsAtAWaitWhoseTimeIsUp)
{
	const auto outcome = run(run_verb, {"-e", "bar0.b; wait bar0==1 10ms; bar0+8=1"});

	EXPECT_EQ(outcome.status, 7);
	EXPECT_EQ(outcome.output, "0x00\n");
	EXPECT_EQ(outcome.error,
		  "pcipeek: run: -e:1: 0000:05:0d.0: timed out after 10 ms: bar0+0x00 "
		  "is 0x00000000, expected 0x00000001\n");
	EXPECT_EQ(board.now() / 1ms, 10);
}

TEST_F(ARun, TellsWhatItFoundInTheTermsOfItsScript)
{
	board.set<std::uint32_t>(0, 0x20, 0xab35);

	EXPECT_EQ(run(run_verb, {"-e", "wait bar0+0x20:7:4==5 10ms"}),
		  failed(7, "run: -e:1: 0000:05:0d.0: timed out after 10 ms: bar0+0x20:7:4 is 0x3, "
			    "expected 0x5"));
	EXPECT_EQ(run(run_verb, {"-e", "expect bar0+0x20:7:4!=1:1"}),
		  failed(9, "run: -e:1: 0000:05:0d.0: bar0+0x20:7:4 is 0x3, expected anything but "
			    "0x1 under mask 0x1; nothing after it was run"));
}

TEST_F(ARun, NamesNoTimeForAWaitThatAllOfItMayHaveEnded)
{
	board.after(600ms, [&] { board.set<std::uint32_t>(0, 0, 1); });

	EXPECT_EQ(run(run_verb, {"-e", "wait bar0==1 1s; wait bar0==2 1s", "--timeout", "1s"}),
		  failed(7, "run: -e:1: 0000:05:0d.0: timed out: bar0+0x00 is 0x00000001, expected "
			    "0x00000002"));
	EXPECT_EQ(board.now() / 1ms, 1000);
}

TEST_F(ARun, EndsItsJsonWithTheFailure)
{
	EXPECT_EQ(run(run_verb, {"-e", "bar0.b; expect bar0.b==1", "--json"}),
		  failed(9,
			 "run: -e:1: 0000:05:0d.0: bar0+0x00 is 0x00, expected 0x01; nothing after "
			 "it was run",
			 R"([
  {"location":"bar0+0x00","bar":0,"offset":0,"width":1,"value":0,"hex":"0x00"},
  {"error":"-e:1: 0000:05:0d.0: bar0+0x00 is 0x00, expected 0x01; nothing after it was run"}
]
)"));
}

TEST_F(ARun, SaysWhichStepCouldNotBeDone)
{
	board.on_write(0, 8, [&](const auto &) { board.set_answering(false); });

	const auto outcome = run(run_verb, {"-e", "bar0.b\nbar0+8=1\n\nbar0+0xc"});
	EXPECT_EQ(outcome.status, 6);
	EXPECT_EQ(outcome.output, "bar0+0x00 0x00\n");
	EXPECT_THAT(outcome.error, HasSubstr("pcipeek: run: -e:4: "));
}

TEST_F(ARun, PrintsWhatItWouldDo)
{
	EXPECT_EQ(run(run_verb, {"-e", "bar0+8=5; wait bar0:7==0; bar1.b,2", "--dry-run"}),
		  succeeded("bar0+0x08.l=0x00000005\n"
			    "wait bar0+0x00.l:7==0x0 1s\n"
			    "bar1+0x00.b,2\n"));
	EXPECT_THAT(seen(), IsEmpty());
}

TEST_F(ARun, HasNoAccessIfALaterStepIsOutsideItsBar)
{
	EXPECT_EQ(run(run_verb, {"-e", "bar0=1\nbar1+0x10.b"}),
		  failed(5, "run: -e:2: cannot access bar1+0x10 of 0000:05:0d.0: PCI addr space is "
			    "0x2000-0x200f while tried to access 0x2010-0x2010. 'pcipeek info "
			    "0000:05:0d.0' shows the sizes of its BARs"));
	EXPECT_THAT(seen(), IsEmpty());
}

TEST_F(ARun, NamesTheLineOfAMisalignedStepAndOfAMissingBar)
{
	EXPECT_EQ(run(run_verb, {"-e", "flush\nbar0+2=1"}),
		  failed(5, "run: -e:2: cannot write 32 bits at bar0+0x2 of 0000:05:0d.0: the "
			    "offset is not a multiple of 4 bytes; use one that is, or a "
			    "narrower width"));
	const auto outcome = run(run_verb, {"-e", "wait bar3==1"});
	EXPECT_EQ(outcome.status, 5);
	EXPECT_THAT(outcome.error, HasSubstr("pcipeek: run: -e:1: cannot use BAR 3 of"));
}

TEST_F(ARun, IsRefusedIfItsScriptIs)
{
	EXPECT_EQ(run(run_verb, {"-e", "bar0,1025"}),
		  failed(2, "run: -e:1: more than 1024 operations; a batch holds no more, so "
			    "split it into several runs"));
}

TEST_F(ARun, IsRefusedIfAStepTakesLongerThanAllOfIt)
{
	EXPECT_EQ(run(run_verb, {"-e", "flush\nwait bar0==1 2s", "--timeout", "1s"}),
		  failed(2, "run: -e:2: this makes it take up to 2s, and --timeout is 1s"));
	EXPECT_EQ(run(run_verb, {"-e", "delay 1s\ndelay 1ms", "--timeout", "1s"}),
		  failed(2, "run: -e:2: this makes it take up to 1001ms, and --timeout is 1s"));
	EXPECT_EQ(run(run_verb, {"-e", "flush", "--timeout", "11s"}),
		  failed(2, "run: '11s': a batch takes at most 10s; split it into several runs"));
	EXPECT_THAT(seen(), IsEmpty());
}

TEST_F(ARun, NeedsOneScript)
{
	EXPECT_EQ(run(run_verb, {}),
		  failed(2, "run: a script is missing; name a FILE, - for standard input, or give "
			    "it with -e"));
	EXPECT_EQ(run(run_verb, {"file", "-e", "flush"}),
		  failed(2, "run: FILE excludes -e; see 'pcipeek run --help'"));
	EXPECT_EQ(run(run_verb, {"/nowhere"}),
		  failed(1, "run: cannot read '/nowhere': No such file or directory"));
}

} // namespace
} // namespace pcipeek::tools
