// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "device/bar_table.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cstdint>

namespace pcipeek::detail {
namespace {

using Kind = BarSlot::Kind;

constexpr const char *nothing = "0x0000000000000000 0x0000000000000000 0x0000000000000000\n";

TEST(TheFileResource, TellsAddressSizeAndKindOfABar)
{
	const BarTable bars =
		parse_resource("0x0000000090502000 0x000000009050203f 0x0000000000040200\n"
			       "0x0000000000002048 0x000000000000204b 0x0000000000040101\n");

	EXPECT_EQ(bars[0].kind, Kind::present);
	EXPECT_EQ(bars[0].region.addr, 0x90502000);
	EXPECT_EQ(bars[0].region.size, 64);
	EXPECT_EQ(bars[0].region.type, BarType::mem);
	EXPECT_EQ(bars[0].region.bits, 32);
	EXPECT_FALSE(bars[0].region.prefetchable);
	EXPECT_EQ(bars[1].region.type, BarType::io);
	EXPECT_EQ(bars[1].region.size, 4);
	EXPECT_EQ(bars[1].region.bits, 32);
	EXPECT_EQ(bars[2].kind, Kind::absent);
}

TEST(A64BitBar, HasAnUpperHalfThatIsNoBar)
{
	const BarTable bars = parse_resource(
		std::string{nothing} + nothing +
		"0x0000004000000000 0x00000043ffffffff 0x000000000014220c\n" + nothing);

	EXPECT_EQ(bars[2].kind, Kind::present);
	EXPECT_EQ(bars[2].region.bits, 64);
	EXPECT_EQ(bars[2].region.size, 0x400000000);
	EXPECT_TRUE(bars[2].region.prefetchable);
	EXPECT_EQ(bars[3].kind, Kind::upper_half);
	EXPECT_EQ(bars[4].kind, Kind::absent);
}

TEST(ABarWithoutAnAddress, IsNotThere)
{
	const BarTable bars =
		parse_resource("0x0000000000000000 0x0000000000000fff 0x0000000000040200\n"
			       "0x00000000f0000000 0x00000000f0000fff 0x0000000020040200\n"
			       "0x00000000f0000000 0x00000000f0000fff 0x0000000010040200\n"
			       "0x0000000000000000 0x000000003fffffff 0x000000002014220c\n");

	EXPECT_EQ(bars[0].kind, Kind::unassigned) << "address 0";
	EXPECT_EQ(bars[1].kind, Kind::unassigned) << "flag UNSET";
	EXPECT_EQ(bars[2].kind, Kind::unassigned) << "flag DISABLED";
	EXPECT_EQ(bars[3].kind, Kind::unassigned) << "64 bits";
	EXPECT_EQ(bars[4].kind, Kind::upper_half);
}

TEST(ABarThatEndsBeforeItBegins, IsNotThere)
{
	const BarTable bars =
		parse_resource("0x00000000f0001000 0x00000000f0000fff 0x0000000000040200\n"
			       "0x00000000f0001000 0x00000000f0001000 0x0000000000040200\n");

	EXPECT_EQ(bars[0].kind, Kind::unassigned);
	EXPECT_EQ(bars[1].kind, Kind::present) << "one byte long";
	EXPECT_EQ(bars[1].region.size, 1);
}

/* What memory alone can be, whatever the flags of a port or of nothing say. */
TEST(ABarOfPorts, IsNeitherPrefetchableNorOf64Bits)
{
	const BarTable bars =
		parse_resource("0x0000000000002000 0x000000000000201f 0x0000000000142101\n"
			       "0x0000000000000000 0x0000000000000000 0x0000000000142000\n" +
			       std::string{nothing});

	EXPECT_EQ(bars[0].region.type, BarType::io);
	EXPECT_FALSE(bars[0].region.prefetchable);
	EXPECT_EQ(bars[0].region.bits, 32);
	EXPECT_EQ(bars[1].kind, Kind::absent);
	EXPECT_EQ(bars[2].kind, Kind::absent) << "no upper half of nothing";
}

TEST(TheFileResource, MayHaveAllDigitsOfANumberAndNoPrefix)
{
	const BarTable bars =
		parse_resource("0xf000000000000000 0xf000000000000fff 0x0000000000140200\n");
	EXPECT_EQ(bars[0].region.addr, 0xf000000000000000);
	EXPECT_EQ(parse_resource("f0000000 f0000fff 40200\n")[0].region.addr, 0xf0000000);
	EXPECT_EQ(parse_resource("- - 40200\n")[0].kind, Kind::unassigned);
}

TEST(TheFileResource, HasOnlySixBarsAndThenOtherThings)
{
	std::string text;
	for (int line = 0; line < 6; line++)
		text += nothing;
	text += "0x00000000f0000000 0x00000000f00fffff 0x0000000000046200\n";

	for (const BarSlot &bar : parse_resource(text))
		EXPECT_EQ(bar.kind, Kind::absent);
}

TEST(TheBarRegisters, TellOfBarsThatTheKernelHasForgotten)
{
	BarTable bars =
		parse_resource("0x0000000090502000 0x000000009050203f 0x0000000000040200\n");

	add_forgotten_bars(bars,
			   std::array<std::uint32_t, 6>{0x90502000, 0x1, 0xc, 0, 0, 0xfe000000});
	EXPECT_EQ(bars[0].kind, Kind::present);
	EXPECT_EQ(bars[1].kind, Kind::unassigned);
	EXPECT_EQ(bars[1].region.type, BarType::io);
	EXPECT_EQ(bars[1].region.bits, 32);
	EXPECT_EQ(bars[2].kind, Kind::unassigned);
	EXPECT_EQ(bars[2].region.type, BarType::mem);
	EXPECT_EQ(bars[2].region.bits, 64);
	EXPECT_TRUE(bars[2].region.prefetchable);
	EXPECT_EQ(bars[2].region.size, 0U);
	EXPECT_EQ(bars[3].kind, Kind::upper_half);
	EXPECT_EQ(bars[4].kind, Kind::absent);
	EXPECT_EQ(bars[5].kind, Kind::unassigned);
	EXPECT_EQ(bars[5].region.bits, 32);
	EXPECT_FALSE(bars[5].region.prefetchable);
}

TEST(TheBarRegisters, OfABridgeAreTwo)
{
	BarTable bars;

	add_forgotten_bars(bars, std::array<std::uint32_t, 2>{0, 0xc});
	EXPECT_EQ(bars[1].kind, Kind::unassigned);
	EXPECT_EQ(bars[2].kind, Kind::upper_half);
	EXPECT_EQ(bars[5].kind, Kind::absent);
}

TEST(AMalformedFileResource, HasNoBars)
{
	for (const char *text : {"", "\n\n\n", "0x1000", "word word word\n", "0x1000 0x1fff\n"})
		for (const BarSlot &bar : parse_resource(text))
			EXPECT_EQ(bar.kind, Kind::absent) << text;
}

TEST(TheBarRegisters, AreNoMoreThanTheTableHas)
{
	BarTable bars;

	add_forgotten_bars(bars, std::array<std::uint32_t, 7>{4, 0, 0, 0, 0, 4, 8});
	EXPECT_EQ(bars[0].region.bits, 64);
	EXPECT_EQ(bars[1].kind, Kind::upper_half);
	EXPECT_EQ(bars[5].kind, Kind::unassigned);
}

TEST(TheBarRegisters, OfPortsHaveNoBitsOfMemory)
{
	BarTable bars;

	add_forgotten_bars(bars, std::array<std::uint32_t, 2>{0xd, 0xd});
	for (const unsigned index : {0U, 1U}) {
		EXPECT_EQ(bars[index].kind, Kind::unassigned);
		EXPECT_EQ(bars[index].region.type, BarType::io);
		EXPECT_EQ(bars[index].region.bits, 32);
		EXPECT_FALSE(bars[index].region.prefetchable);
	}
}

} // namespace
} // namespace pcipeek::detail
