// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "verb_run.hpp"

#include <gmock/gmock.h>

namespace pcipeek::tools {
namespace {

using ::testing::ElementsAre;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class ADump : public AVerbOnABoard {
protected:
	ADump()
	{
		board.set<std::uint32_t>(0, 0x00, 0x44434241);
		board.set<std::uint32_t>(0, 0x3c, 0x5a595857);
	}
};

TEST_F(ADump, ShowsTheBytesInTheirOrderAndReadsInTheWidthThatWasAsked)
{
	EXPECT_EQ(run(dump_verb, {"bar0.w,3"}),
		  succeeded("00000000  41 42 43 44 00 00                                 |ABCD..|\n"
			    "00000006\n"));
	EXPECT_THAT(seen(), ElementsAre("read bar0+0x0 16 = 0x4241", "read bar0+0x2 16 = 0x4443",
					"read bar0+0x4 16 = 0x0"));
}

TEST_F(ADump, ShowsASmallBarAsAWhole)
{
	const auto outcome = run(dump_verb, {"bar0"});

	EXPECT_EQ(outcome.status, 0);
	EXPECT_THAT(outcome.output, EndsWith("57 58 59 5a  |............WXYZ|\n00000040\n"));
	EXPECT_EQ(seen().size(), 16U) << "each register once";
}

TEST_F(ADump, FoldsWhatRepeats)
{
	const auto outcome = run(dump_verb, {"config"});

	EXPECT_EQ(outcome.status, 0);
	EXPECT_THAT(outcome.output, HasSubstr("00000000  47 11 8e 0c "));
	EXPECT_THAT(outcome.output, EndsWith("|................|\n*\n00000100\n"));
}

TEST_F(ADump, IsRawOnRequest)
{
	EXPECT_EQ(run(dump_verb, {"bar0+0x3c..0x3f", "--raw"}), succeeded("WXYZ"));
}

TEST_F(ADump, IsOfAllThatThereIsIfItIsRawAndWithoutACount)
{
	EXPECT_EQ(run(dump_verb, {"bar0", "--raw"}).output.size(), 64U);
	EXPECT_EQ(run(dump_verb, {"bar0+0x3c", "--raw"}), succeeded("WXYZ"));
	EXPECT_EQ(run(dump_verb, {"config", "--raw"}).output.size(), 256U);
	EXPECT_EQ(run(dump_verb, {"config+0xf0.b", "--raw"}).output.size(), 16U);
}

TEST_F(ADump, IsOfWholeBytes)
{
	EXPECT_EQ(run(dump_verb, {"bar0:7:4"}),
		  failed(2, "dump: 'bar0:7:4': a dump shows whole bytes; leave out the bit field, "
			    "or use 'pcipeek read'"));
	EXPECT_THAT(seen(), IsEmpty());
}

TEST_F(ADump, OfADeviceThatWasGrantedIsNotForeign)
{
	EXPECT_NE(run(dump_verb, {"bar0", "--foreign"}).status, 0);
	EXPECT_THAT(seen(), IsEmpty());
}

} // namespace
} // namespace pcipeek::tools
