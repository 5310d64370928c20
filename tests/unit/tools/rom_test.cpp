// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "verb_run.hpp"

#include "sysfs/sysfs.hpp"

#include <gmock/gmock.h>

#include <fstream>
#include <iterator>

namespace pcipeek::tools {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;

/* A board with a file in the place of its ROM: what switches it on is written over it. */
class ARomOnABoard : public AVerbOnABoard {
protected:
	ARomOnABoard()
	{
		std::ofstream(rom_) << "xxABCDEF";
	}

	std::string rom_ = detail::sysfs::device_directory(board.device().address()) + "/rom";
};

TEST_F(ARomOnABoard, IsReadInElements)
{
	EXPECT_EQ(run(read_verb, {"rom+2.w"}), succeeded("0x4241\n"));
	EXPECT_EQ(run(read_verb, {"rom+4.b,2"}), succeeded("rom+0x04 0x43\nrom+0x05 0x44\n"));
}

TEST_F(ARomOnABoard, IsDumped)
{
	EXPECT_EQ(run(dump_verb, {"rom+4", "--raw"}), succeeded("CDEF"));
}

TEST_F(ARomOnABoard, IsDumpedInPart)
{
	std::ofstream(rom_) << std::string(300, 'x');
	EXPECT_THAT(run(dump_verb, {"rom"}).output,
		    EndsWith("*\n00000100\n44 of 300 bytes of rom remain\n"));
}

TEST_F(ARomOnABoard, IsDumpedToItsEndIfItIsRaw)
{
	std::ofstream(rom_) << std::string(300, 'x');
	EXPECT_EQ(run(dump_verb, {"rom", "--raw"}), succeeded("1\n" + std::string(298, 'x')));
	EXPECT_EQ(run(dump_verb, {"rom+0x100", "--raw"}), succeeded(std::string(44, 'x')));
}

TEST_F(ARomOnABoard, IsReadIntoAFile)
{
	const ScratchFile file("");

	EXPECT_EQ(run(rom_verb, {"-o", file.path()}), succeeded(""));
	std::ifstream in(file.path());
	EXPECT_EQ(std::string(std::istreambuf_iterator<char>(in), {}), "1\nABCDEF");
}

TEST_F(ARomOnABoard, IsReadToStandardOutput)
{
	EXPECT_EQ(run(rom_verb, {"-o", "-"}), succeeded("1\nABCDEF"));
}

TEST_F(ARomOnABoard, IsNotWrittenToAFileThatCannotBeMade)
{
	const auto outcome = run(rom_verb, {"-o", "/nowhere/rom"});

	EXPECT_NE(outcome.status, 0);
	EXPECT_THAT(outcome.error, HasSubstr("/nowhere/rom"));
}

TEST_F(ARomOnABoard, EndsWhereItEnds)
{
	const auto outcome = run(read_verb, {"rom+8.b"});

	EXPECT_EQ(outcome.status, 5);
	EXPECT_THAT(outcome.error, HasSubstr("cannot read rom+0x8 of 0000:05:0d.0: its ROM has 8 "
					     "bytes"));
}

TEST_F(ARomOnABoard, IsForReadingOnly)
{
	EXPECT_NE(run(write_verb, {"rom=1"}).status, 0);
	EXPECT_EQ(run(read_verb, {"rom+2.w"}), succeeded("0x4241\n"));
}

} // namespace
} // namespace pcipeek::tools
