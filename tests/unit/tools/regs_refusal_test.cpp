// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "mapped_board.hpp"

#include <gmock/gmock.h>

namespace pcipeek::tools {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

/* A listing that leaves registers out, or that is refused. */
class AnUnreadRegister : public AMappedBoard {
protected:
	/* The line of the register X of the board. */
	std::string listed(const std::string &keys, const std::string &region = "bar0",
			   const std::vector<std::string> &arguments = {})
	{
		write_map("[" + region + ".X]\n" + keys + '\n');
		const auto output = run(regs_verb, arguments).output;
		const auto end = output.size() - 1;
		const auto start = output.rfind('\n', end - 1) + 1;
		return output.substr(start, end - start);
	}
};

TEST_F(AnUnreadRegister, SaysWhy)
{
	EXPECT_EQ(listed("offset = 0\naccess = \"wo\""), "  X  0x00  32  (write only)");
	EXPECT_EQ(listed("offset = 0\naccess = \"none\""), "  X  0x00  32  (not readable)");
	EXPECT_EQ(listed("offset = 0\naccess = \"rc\""), "  X  0x00  32  (read clears it)");
	EXPECT_EQ(listed("offset = 0\nread = \"other\""),
		  "  X  0x00  32  (a read has a side effect)");
	EXPECT_EQ(listed("offset = 0\nfields.A = \"0\"\nfields.B = { bits = \"1\", read = "
			 "\"sets\" }"),
		  "  X  0x00  32  (read sets B)");
	EXPECT_EQ(listed("offset = 0\nwidth = 24"), "  X  0x00  24  (24 bits: no bus width)");
	EXPECT_EQ(listed("offset = 0\nwidth = 128"), "  X  0x00  128  (wider than 64 bits)");
	EXPECT_EQ(listed("offset = 2"), "  X  0x02  32  (misaligned: not a multiple of 4 bytes)");
	EXPECT_EQ(listed("offset = 8\nwidth = 64", "bar1"),
		  "  X  0x08  64  (64 bits: an I/O BAR has no such access)");
	EXPECT_EQ(listed("offset = 8\nwidth = 64", "config"),
		  "  X  0x08  64  (64 bits: configuration space has no such access)");
	EXPECT_EQ(listed("offset = 0x2000", "config"),
		  "  X  0x2000  32  (outside configuration space)");
	EXPECT_EQ(listed("offset = 0", "rom"),
		  "  X  0x00  32  (in the ROM; 'pcipeek dump' shows it)");
	EXPECT_THAT(seen(), IsEmpty());
}

TEST_F(AnUnreadRegister, IsReadInHalvesInsteadOf64BitsOfAnIoBar)
{
	EXPECT_EQ(listed("offset = 8\nwidth = 64\nword = 32", "bar1"),
		  "  X  0x08  64  0x0000000000000000");
	EXPECT_THAT(seen(), ElementsAre("read bar1+0x8 32 = 0x0", "read bar1+0xc 32 = 0x0"));
}

TEST_F(AnUnreadRegister, SaysWhatReadsItIfItWasNamed)
{
	EXPECT_EQ(listed("offset = 0\naccess = \"rc\"", "bar0", {"X"}),
		  "  X  0x00  32  (read clears it; 'pcipeek read 0000:05:0d.0 X' reads it)");
	EXPECT_EQ(listed("offset = 0\naccess = \"rc\"", "bar0", {"X*"}),
		  "  X  0x00  32  (read clears it)");
	EXPECT_THAT(seen(), IsEmpty());
}

TEST_F(AnUnreadRegister, OutsideItsBarIsAnErrorBeforeTheFirstAccess)
{
	write_map("[bar0.FIRST]\noffset = 0\n[bar0.X]\noffset = 0x3e\nwidth = 32\n");
	EXPECT_EQ(run(regs_verb, {}),
		  failed(5,
			 "cannot list X of 0000:05:0d.0: it is 4 bytes at bar0+0x3e, and bar0 has "
			 "64 bytes; if the map counts from another address, correct its "
			 "'origin' or its offsets"));
	write_map("[bar0.FIRST]\noffset = 0\n[bar0.X]\noffset = 0x100000000\n");
	EXPECT_EQ(run(regs_verb, {}).status, 5);
	EXPECT_THAT(seen(), IsEmpty());
	EXPECT_EQ(run(regs_verb, {"FIRST"}).status, 0) << "the other one was not asked for";
}

TEST_F(AnUnreadRegister, InABarThatIsNotThereIsAnErrorBeforeTheFirstAccess)
{
	write_map("[bar0.FIRST]\noffset = 0\n[bar2.X]\noffset = 0\n");

	const auto outcome = run(regs_verb, {});
	EXPECT_EQ(outcome.status, 5);
	EXPECT_EQ(outcome.output, "");
	EXPECT_THAT(outcome.error, HasSubstr("cannot list X of 0000:05:0d.0: it is 4 bytes at "
					     "bar2+0x0, and there is no usable bar2; "));
	EXPECT_THAT(seen(), IsEmpty());
}

TEST_F(AnUnreadRegister, BehindABaseThatIsWrongIsAnErrorBeforeItIsRead)
{
	board.set<std::uint32_t>(0, 0, 0xfffffff0);
	write_map("[bar0.BASE]\noffset = 0\n[bar0.OP]\nbase = \"BASE\"\n"
		  "registers.X = { offset = 0x20 }\n");

	EXPECT_EQ(run(regs_verb, {}).status, 5);
	EXPECT_THAT(seen(), ElementsAre("read bar0+0x0 32 = 0xfffffff0")) << "the base itself";
}

TEST_F(AnUnreadRegister, MakesNoBaseBeRead)
{
	write_map("[bar0.BASE]\noffset = 0\n[bar0.OP]\nbase = \"BASE\"\n"
		  "registers.X = { offset = 0x20, access = \"wo\" }\n");

	EXPECT_EQ(run(regs_verb, {"OP"}),
		  succeeded("OP  bar0, base in BASE\n  X  +0x20  32  (write only)\n"));
	EXPECT_THAT(seen(), IsEmpty());
}

TEST_F(AnUnreadRegister, WithoutAMapIsAnErrorThatSaysWhereItWasLookedFor)
{
	const auto outcome = run(regs_verb, {});

	EXPECT_EQ(outcome.status, 5);
	EXPECT_THAT(outcome.error,
		    HasSubstr("there is no register map for 0000:05:0d.0: none of "
			      "1147-0c8e-1147-2090, 1147-0c8e, class-ff0000, class-ff00 (.toml, "
			      ".svd, .json) is in " +
			      folder.path().string() + ", "));
	EXPECT_THAT(outcome.error, HasSubstr("--map"));
}

TEST_F(AnUnreadRegister, OfAMalformedMapIsAnErrorWithItsLine)
{
	write_map("[bar0.X]\nofset = 0\n");

	const auto outcome = run(regs_verb, {});
	EXPECT_EQ(outcome.status, 2);
	EXPECT_THAT(outcome.error, HasSubstr("/1147-0c8e.toml:3: "));
	EXPECT_EQ(run(regs_verb, {"--map", "no-such-file.toml"}).status, 2);
	EXPECT_EQ(run(regs_verb, {"--json", "--fields"}).status, 2);
	EXPECT_EQ(run(regs_verb, {"--no-read", "--foreign"}).status, 2);
	EXPECT_THAT(seen(), IsEmpty());
}

} // namespace
} // namespace pcipeek::tools
