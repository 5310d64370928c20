// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "map_text.hpp"

#include <pcipeek/access.hpp>
#include <pcipeek/map_testing.hpp>

using namespace pcipeek;

namespace {

class ABoardFromAMap : public ::testing::Test {
protected:
	std::uint32_t read(std::uint64_t offset) const
	{
		return pcipeek::read<std::uint32_t>(device.bar(1), offset);
	}

	void write(std::uint64_t offset, std::uint32_t value) const
	{
		pcipeek::write(device.bar(1), offset, value);
	}

	Map map = test::toml(R"(
match = ["1147:0c8e"]
[bar1.IDENT]
offset = 0
access = "ro"
reset = 0xcafe
[bar1.MIXED]
offset = 4
reset = 0xff00
fields.FIXED = { bits = "7:0", access = "ro" }
fields.EVENTS = { bits = "15:8", access = "rw1c" }
fields.SET = { bits = "19:16", write = "one-to-set" }
fields.FLIP = { bits = "23:20", write = "one-to-toggle" }
[bar1.SECRET]
offset = 8
access = "wo"
[bar1.ONCE]
offset = 0xc
access = "rc"
reset = 0x5
[bar1.LONG]
offset = 0x10
width = 64
word = 32
order = "high-first"
reset = 0x1122334455667788
[bar1.FAR]
offset = 0x2000
)");
	std::unique_ptr<pcipeek::testing::FakeBoard> board = pcipeek::testing::board_from(map);
	Device device = board->device();
};

TEST_F(ABoardFromAMap, HasItsIdsAndBarsThatAreLargeEnough)
{
	EXPECT_EQ(device.vendor_id(), 0x1147);
	EXPECT_EQ(device.device_id(), 0x0c8e);
	EXPECT_EQ(device.bars().size(), 1u);
	EXPECT_EQ(device.bar(1).size(), 0x4000u);
}

TEST_F(ABoardFromAMap, HoldsResetValuesInTheirWords)
{
	EXPECT_EQ(read(0), 0xcafeu);
	EXPECT_EQ(read(0x10), 0x11223344u);
	EXPECT_EQ(read(0x14), 0x55667788u);
}

TEST_F(ABoardFromAMap, KeepsReadOnlyBits)
{
	write(0, 0);
	write(4, 0xff);

	EXPECT_EQ(read(0), 0xcafeu);
	EXPECT_EQ(read(4), 0xff00u);
}

TEST_F(ABoardFromAMap, ClearsSetsAndTogglesByWriting)
{
	write(4, 0x00a50100);
	EXPECT_EQ(read(4), 0x00a5fe00u);

	write(4, 0x00280000);
	EXPECT_EQ(read(4), 0x008dfe00u);
}

TEST_F(ABoardFromAMap, HidesWhatIsWriteOnly)
{
	write(8, 7);

	EXPECT_EQ(read(8), 0u);
	EXPECT_EQ(board->get<std::uint32_t>(1, 8), 7u);
}

TEST_F(ABoardFromAMap, ClearsWhatAReadClears)
{
	EXPECT_EQ(read(0xc), 5u);
	EXPECT_EQ(read(0xc), 0u);
}

} // namespace
