// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "verb_run.hpp"

#include <gmock/gmock.h>

namespace pcipeek::tools {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class AWrite : public AVerbOnABoard {};

TEST_F(AWrite, ThatDidNotArriveEndsAVerifiedSequence)
{
	board.on_read(0, 0, [](const auto &) { return 0x03020100; });

	EXPECT_EQ(run(write_verb, {"bar0=0xffffffff", "bar0+4=1", "--verify"}),
		  failed(9, "write: bar0+0x00 of 0000:05:0d.0 is 0x03020100 after 0xffffffff "
			    "was written; some of its bits may be read-only or change by "
			    "themselves"));
	EXPECT_THAT(seen(),
		    ElementsAre("write bar0+0x0 32 = 0xffffffff", "read bar0+0x0 32 = 0x3020100"));
}

class AWriteOfBits : public AVerbOnABoard {};

TEST_F(AWriteOfBits, OfAMaskIsOneReadAndOneWrite)
{
	board.set<std::uint32_t>(0, 0x10, 0xabcd0);

	EXPECT_EQ(run(write_verb, {"bar0+0x10=0x5:0xf"}), succeeded(""));
	EXPECT_THAT(seen(),
		    ElementsAre("read bar0+0x10 32 = 0xabcd0", "write bar0+0x10 32 = 0xabcd5"));
}

TEST_F(AWriteOfBits, OfAFieldLeavesTheOthersAsTheyWere)
{
	board.set<std::uint16_t>(0, 0x10, 0xabcd);

	EXPECT_EQ(run(write_verb, {"bar0+0x10.w:7:4=3"}), succeeded(""));
	EXPECT_THAT(seen(),
		    ElementsAre("read bar0+0x10 16 = 0xabcd", "write bar0+0x10 16 = 0xab3d"));
}

TEST_F(AWriteOfBits, IsVerifiedInThoseBitsOnly)
{
	board.on_read(0, 0x10, [](const auto &access) { return access.value ^ 0xff00; });

	EXPECT_EQ(run(write_verb, {"bar0+0x10=0x5:0xf", "--verify"}), succeeded(""));
	EXPECT_EQ(run(write_verb, {"bar0+0x10:7:4=5", "--verify"}), succeeded(""));
}

TEST_F(AWriteOfBits, ThatDidNotArriveDiffers)
{
	board.on_read(0, 0x10, [](const auto &) { return 0x32; });

	EXPECT_EQ(run(write_verb, {"bar0+0x10=0x5:0xf", "--verify"}),
		  failed(9, "write: bar0+0x10 of 0000:05:0d.0 is 0x00000032 after "
			    "0x00000005:0x0000000f was written; some of its bits may be "
			    "read-only or change by themselves"));
	EXPECT_EQ(run(write_verb, {"bar0+0x10:7:4=5", "--verify"}),
		  failed(9, "write: bar0+0x10:7:4 of 0000:05:0d.0 is 0x3 after 0x5 was "
			    "written; some of its bits may be read-only or change by themselves"));
}

TEST_F(AWriteOfBits, IsPrintedByADryRun)
{
	EXPECT_EQ(run(write_verb, {"bar0+0x10=0x5:0xf", "bar0+0x10:7:4=3", "--dry-run"}),
		  succeeded("bar0+0x10 0x00000005:0x0000000f\nbar0+0x10:7:4 0x3\n"));
	EXPECT_THAT(seen(), IsEmpty());
}

class AWriteOfAFile : public AVerbOnABoard {};

TEST_F(AWriteOfAFile, GoesUpwardsInElementsOfTheWidth)
{
	const ScratchFile file("\x01\x02\x03\x04");

	EXPECT_EQ(run(write_verb, {"bar0+8.w", "--file", file.path()}), succeeded(""));
	EXPECT_THAT(seen(), ElementsAre("write bar0+0x8 16 = 0x201", "write bar0+0xa 16 = 0x403"));
}

TEST_F(AWriteOfAFile, GoesToOneAddressWhenThatIsAFifo)
{
	const ScratchFile file("abc");

	EXPECT_EQ(run(write_verb, {"bar1+8.b", "--fixed", "--file", file.path()}), succeeded(""));
	EXPECT_THAT(seen(), ElementsAre("write bar1+0x8 8 = 0x61", "write bar1+0x8 8 = 0x62",
					"write bar1+0x8 8 = 0x63"));
}

TEST_F(AWriteOfAFile, ToAFifoMayBeLongerThanTheBar)
{
	const ScratchFile file(std::string(1000, 'x'));

	EXPECT_EQ(run(write_verb, {"bar1+15.b", "--fixed", "--file", file.path()}), succeeded(""));
	EXPECT_EQ(seen().size(), 1000u);
}

TEST_F(AWriteOfAFile, TakesAsManyElementsAsTheCountSays)
{
	const ScratchFile file("abcdefgh");

	EXPECT_EQ(run(write_verb, {"bar1.b,2", "--file", file.path()}), succeeded(""));
	EXPECT_EQ(run(write_verb, {"bar1.w,1", "--fixed", "--file", file.path()}), succeeded(""));
	EXPECT_THAT(seen(), ElementsAre("write bar1+0x0 8 = 0x61", "write bar1+0x1 8 = 0x62",
					"write bar1+0x0 16 = 0x6261"));
}

TEST_F(AWriteOfAFile, CanBeVerifiedElementByElement)
{
	const ScratchFile file("ab");

	EXPECT_EQ(run(write_verb, {"bar1.b", "--verify", "--file", file.path()}), succeeded(""));
	EXPECT_THAT(seen(), ElementsAre("write bar1+0x0 8 = 0x61", "read bar1+0x0 8 = 0x61",
					"write bar1+0x1 8 = 0x62", "read bar1+0x1 8 = 0x62"));
}

TEST_F(AWriteOfAFile, IsPrintedByADryRun)
{
	const ScratchFile file("abcd");

	EXPECT_EQ(run(write_verb, {"bar0.w", "--dry-run", "--file", file.path()}),
		  succeeded("bar0+0x00 0x6261\nbar0+0x02 0x6463\n"));
	EXPECT_EQ(run(write_verb, {"bar0.w", "--dry-run", "--fixed", "--file", file.path()}),
		  succeeded("bar0+0x00 0x6261\nbar0+0x00 0x6463\n"));
	EXPECT_THAT(seen(), IsEmpty());
}

class ARefusedWriteOfAFile : public AVerbOnABoard {
protected:
	void refuses(const std::string &target, const std::string &contents, int status,
		     const std::string &error)
	{
		const ScratchFile file(contents);
		auto outcome = run(write_verb, {target, "--file", file.path()});

		outcome.error = outcome.error.replace(0, outcome.error.find("write: "), "");
		if (const auto name = outcome.error.find(file.path()); name != std::string::npos)
			outcome.error.replace(name, file.path().size(), "FILE");
		EXPECT_EQ(outcome.error, error + '\n');
		EXPECT_EQ(outcome.status, status);
		EXPECT_THAT(seen(), IsEmpty());
	}
};

TEST_F(ARefusedWriteOfAFile, IsEmpty)
{
	refuses("bar0", "", 2, "write: 'FILE' is empty; there is nothing to write");
}

TEST_F(ARefusedWriteOfAFile, HasLessThanTheCount)
{
	refuses("bar0.w,4", "abcdef", 2,
		"write: 'FILE' has 6 bytes, and bar0.w,4 is 4 of 2 bytes each");
}

TEST_F(ARefusedWriteOfAFile, IsNoWholeNumberOfElements)
{
	refuses("bar0", "abcdef", 2,
		"write: 'FILE' has 6 bytes, which is not a whole number of 4-byte elements");
}

TEST_F(ARefusedWriteOfAFile, HasValuesInTheArgument)
{
	refuses("bar0=1", "a", 2,
		"write: 'bar0=1': the values come from the file; leave out '=VALUE'");
}

TEST_F(ARefusedWriteOfAFile, GoesToABitField)
{
	refuses("bar0:7", "a", 2,
		"write: 'bar0:7': a file has whole elements; leave out the bit field");
}

TEST_F(ARefusedWriteOfAFile, GoesToConfigurationSpace)
{
	refuses("config", "a", 2,
		"write: 'config': only BARs are allowed here; write bar0 to "
		"bar5");
}

TEST_F(ARefusedWriteOfAFile, DoesNotFitTheBar)
{
	const ScratchFile file(std::string(65, 'x'));

	EXPECT_EQ(run(write_verb, {"bar0.b", "--file", file.path()}),
		  failed(5, "cannot write bar0+0x0 of 0000:05:0d.0: PCI addr space is "
			    "0x90502000-0x9050203f while tried to access 0x90502000-0x90502040. "
			    "'pcipeek info 0000:05:0d.0' shows the sizes of its BARs"));
	EXPECT_THAT(seen(), IsEmpty());
}

TEST_F(ARefusedWriteOfAFile, IsNotThere)
{
	EXPECT_EQ(run(write_verb, {"bar0", "--file", "/nowhere"}),
		  failed(1, "write: cannot read '/nowhere': No such file or directory"));
}

class AFill : public AVerbOnABoard {};

TEST_F(AFill, WritesTheSameValueToEachElement)
{
	EXPECT_EQ(run(fill_verb, {"bar0+4.w,3=0xbeef"}), succeeded(""));
	EXPECT_THAT(seen(), ElementsAre("write bar0+0x4 16 = 0xbeef", "write bar0+0x6 16 = 0xbeef",
					"write bar0+0x8 16 = 0xbeef"));
}

TEST_F(AFill, MayBeOf64Bits)
{
	EXPECT_EQ(run(fill_verb, {"bar0..0x3f=1"}), succeeded(""));
	EXPECT_EQ(seen().size(), 16u);
	EXPECT_EQ(run(fill_verb, {"bar0.q,2=0x1122334455667788"}), succeeded(""));
	EXPECT_THAT(seen(), ElementsAre("write bar0+0x0 64 = 0x1122334455667788",
					"write bar0+0x8 64 = 0x1122334455667788"));
}

TEST_F(AFill, IsPrintedByADryRun)
{
	EXPECT_EQ(run(fill_verb, {"bar0.b,2=7", "--dry-run"}),
		  succeeded("bar0+0x00 0x07\nbar0+0x01 0x07\n"));
	EXPECT_THAT(seen(), IsEmpty());
}

TEST_F(AFill, IsRefusedWithoutACountOrWithBits)
{
	EXPECT_EQ(run(fill_verb, {"bar0=1"}),
		  failed(2, "fill: 'bar0=1': the number of registers is missing; write "
			    "LOCATION,COUNT=VALUE or LOCATION..END=VALUE"));
	EXPECT_EQ(run(fill_verb, {"bar0,2=1:1"}),
		  failed(2, "fill: 'bar0,2=1:1': a fill writes whole registers; leave out the mask "
			    "and the bit field"));
	EXPECT_EQ(run(fill_verb, {"bar0,2:7:4=1"}),
		  failed(2, "fill: 'bar0,2:7:4=1': a fill writes whole registers; leave out the "
			    "mask and the bit field"));
}

TEST_F(AFill, IsRefusedBeforeTheFirstAccessIfItsEndIsOutside)
{
	EXPECT_EQ(run(fill_verb, {"bar0,17=1"}).status, 5);
	EXPECT_THAT(seen(), IsEmpty());
}

} // namespace
} // namespace pcipeek::tools
