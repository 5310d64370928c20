// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "verb_run.hpp"

#include <gmock/gmock.h>

namespace pcipeek::tools {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

/* A FIFO at bar1+8: each read takes the next letter out. */
class AReadOfAFifo : public AVerbOnABoard {
protected:
	AReadOfAFifo()
	{
		board.on_read(1, 8, [this](const auto &) {
			board.set_answering(next != last);
			return next++;
		});
	}

	std::uint64_t next = 'a';
	std::uint64_t last = 'z';
};

TEST_F(AReadOfAFifo, ReadsOneAddressAsOftenAsTheCountSays)
{
	EXPECT_EQ(run(read_verb, {"bar1+8.b,3", "--fixed"}),
		  succeeded("bar1+0x08 0x61\nbar1+0x08 0x62\nbar1+0x08 0x63\n"));
	EXPECT_THAT(seen(), ElementsAre("read bar1+0x8 8 = 0x61", "read bar1+0x8 8 = 0x62",
					"read bar1+0x8 8 = 0x63"));
}

TEST_F(AReadOfAFifo, MayBeLongerThanTheBar)
{
	EXPECT_EQ(run(read_verb, {"bar1+8.b,17", "--fixed", "--raw"}),
		  succeeded("abcdefghijklmnopq"));
}

TEST_F(AReadOfAFifo, IsOneReadWithoutACount)
{
	EXPECT_EQ(run(read_verb, {"bar1+8.w", "--fixed"}), succeeded("0x0061\n"));
}

TEST_F(AReadOfAFifo, MayBeJson)
{
	EXPECT_EQ(run(read_verb, {"bar1+8.b,2", "--fixed", "--json"}), succeeded(R"([
  {"location":"bar1+0x08","bar":1,"offset":8,"width":1,"value":97,"hex":"0x61"},
  {"location":"bar1+0x08","bar":1,"offset":8,"width":1,"value":98,"hex":"0x62"}
]
)"));
}

TEST_F(AReadOfAFifo, PrintsWhatItTookOutBeforeItFailed)
{
	last = 'b';

	const auto outcome = run(read_verb, {"bar1+8.b,9", "--fixed", "--raw"});
	EXPECT_EQ(outcome.status, 6);
	EXPECT_EQ(outcome.output, "ab");
}

TEST_F(AReadOfAFifo, IsRefusedOutsideTheBarWithoutAnAccess)
{
	EXPECT_EQ(run(read_verb, {"bar1+16.b", "--fixed"}).status, 5);
	EXPECT_THAT(seen(), IsEmpty());
}

TEST_F(AReadOfAFifo, IsForBarsOnly)
{
	EXPECT_EQ(run(read_verb, {"config+4.w,2", "--fixed"}),
		  failed(2, "read: 'config+4.w,2': only BARs are allowed here; write bar0 to "
			    "bar5"));
}

class ARead : public AVerbOnABoard {};

TEST_F(ARead, OfBytesWritesThemAsTheDeviceHasThem)
{
	board.set<std::uint32_t>(0, 4, 0x64636261);

	EXPECT_EQ(run(read_verb, {"bar0+4.w,2", "--raw"}), succeeded("abcd"));
	EXPECT_THAT(seen(), ElementsAre("read bar0+0x4 16 = 0x6261", "read bar0+0x6 16 = 0x6463"));
}

TEST_F(ARead, OfConfigurationSpaceTouchesNoBar)
{
	EXPECT_EQ(run(read_verb, {"config.w,2"}),
		  succeeded("config+0x00 0x1147\nconfig+0x02 0x0c8e\n"));
	EXPECT_EQ(run(read_verb, {"config+2.w", "--json"}), succeeded(R"([
  {"location":"config+0x02","bar":null,"offset":2,"width":2,"value":3214,"hex":"0x0c8e"}
]
)"));
	EXPECT_THAT(seen(), IsEmpty());
}

TEST_F(ARead, OfConfigurationSpaceIsCheckedLikeAnyOther)
{
	EXPECT_EQ(run(read_verb, {"config+2"}),
		  failed(5, "cannot read 32 bits at config+0x2 of 0000:05:0d.0: the offset is "
			    "not a multiple of 4 bytes; use one that is, or a narrower width"));
	EXPECT_EQ(run(read_verb, {"config.q"}),
		  failed(1, "cannot read 64 bits at config+0x0 of 0000:05:0d.0: configuration "
			    "space has no 64-bit accesses; use a narrower width"));
	EXPECT_EQ(run(read_verb, {"config+0x100"}),
		  failed(5, "cannot use config+0x100 of 0000:05:0d.0: its configuration space has "
			    "256 bytes"));
}

TEST_F(ARead, OfARomThatIsNotThereSaysSo)
{
	EXPECT_EQ(run(read_verb, {"rom"}).status, 5);
	EXPECT_EQ(run(dump_verb, {"rom"}).status, 5);
}

} // namespace
} // namespace pcipeek::tools
