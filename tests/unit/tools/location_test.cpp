// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "grammar/location.hpp"
#include "refusal.hpp"

namespace pcipeek::tools {
namespace {

TEST(AParsedLocation, IsA32BitRegisterAtTheStartOfABarIfNothingElseIsSaid)
{
	const auto location = parse_location("bar2");

	EXPECT_EQ(location.space, Space::bar);
	EXPECT_EQ(location.bar, 2u);
	EXPECT_EQ(location.offset, 0u);
	EXPECT_EQ(location.width, Width::w32);
	EXPECT_EQ(location.elements(), 1u);
	EXPECT_FALSE(location.count);
	EXPECT_FALSE(location.field);
}

TEST(AParsedLocation, KnowsConfigAndRom)
{
	EXPECT_EQ(parse_location("config+0x40.w").space, Space::config);
	EXPECT_EQ(parse_location("rom").space, Space::rom);
}

TEST(AParsedLocation, LeavesABarNumberThatNoDeviceHasToTheDevice)
{
	EXPECT_EQ(parse_location("bar6").bar, 6u);
	EXPECT_EQ(parse_location("bar255").bar, 255u);
}

TEST(AParsedLocation, AddsItsOffsetsUp)
{
	EXPECT_EQ(parse_location("bar0+0x100+8+4").offset, 0x10cu);
	EXPECT_EQ(parse_location("bar0+0xfffffffffffffffe+1").offset, UINT64_MAX);
}

TEST(AParsedLocation, TakesAWidthByItsLetter)
{
	EXPECT_EQ(parse_location("bar0.b").width, Width::w8);
	EXPECT_EQ(parse_location("bar0+1.w").width, Width::w16);
	EXPECT_EQ(parse_location("bar0+1.l").width, Width::w32);
	EXPECT_EQ(parse_location("bar0.q").width, Width::w64);
}

TEST(AParsedLocation, CountsElementsAndNotBytes)
{
	EXPECT_EQ(parse_location("bar0+8.q,16").elements(), 16u);
	EXPECT_EQ(parse_location("bar0,1").count, 1u);
}

TEST(AParsedLocation, MayNameItsLastByteInclusively)
{
	EXPECT_EQ(parse_location("bar0+0x10..0x1f").elements(), 4u);
	EXPECT_EQ(parse_location("bar0+0x10.w..0x11").elements(), 1u);
	EXPECT_EQ(parse_location("bar0.b..0").elements(), 1u);
	EXPECT_EQ(parse_location("bar0.w..0xffffffffffffffff").elements(), std::uint64_t{1} << 63);
	EXPECT_EQ(parse_location("bar0+1..4").elements(), 1u);
	EXPECT_EQ(parse_location("bar0+1.b..0xfffffffffffffffe").elements(), UINT64_MAX - 1);
}

TEST(AParsedLocation, MayBeABitField)
{
	const auto field = parse_location("bar0+0x10:7:4").field;

	ASSERT_TRUE(field);
	EXPECT_EQ(field->high, 7u);
	EXPECT_EQ(field->low, 4u);
	EXPECT_EQ(field->bits(), 4u);
}

TEST(AParsedLocation, MayBeASingleBitOfManyElements)
{
	const auto location = parse_location("bar0+0x10.w,3:15");

	EXPECT_EQ(location.elements(), 3u);
	ASSERT_TRUE(location.field);
	EXPECT_EQ(location.field->high, 15u);
	EXPECT_EQ(location.field->low, 15u);
}

TEST(AParsedLocation, KnowsWhatItWasCalledWhereverItStood)
{
	Scanner in("wait bar1+8.w:3 for");

	ASSERT_TRUE(in.take("wait "));
	EXPECT_EQ(take_location(in).text, "bar1+8.w:3");
	EXPECT_EQ(in.rest(), " for");
}

TEST(ABitField, CutsItsBitsOut)
{
	EXPECT_EQ((BitField{7, 4}).of(0xabcd), 0xcu);
	EXPECT_EQ((BitField{0, 0}).of(0xabcd), 1u);
	EXPECT_EQ((BitField{63, 0}).of(UINT64_MAX), UINT64_MAX);
	EXPECT_EQ((BitField{63, 63}).of(std::uint64_t{1} << 63), 1u);
}

TEST(ALabel, NamesTheElementByItsOwnOffset)
{
	EXPECT_EQ(parse_location("bar0").label(), "bar0+0x00");
	EXPECT_EQ(parse_location("bar1+0x8.w,4").label(3), "bar1+0x0e");
	EXPECT_EQ(parse_location("bar1+0x1000").label(), "bar1+0x1000");
}

TEST(ALabel, KeepsTheBitField)
{
	EXPECT_EQ(parse_location("bar0+4:7:4").label(), "bar0+0x04:7:4");
	EXPECT_EQ(parse_location("bar0+4,2:7").label(1), "bar0+0x08:7");
}

TEST(Location, HasDecimalCountsInConfigurationSpaceAndDecimalOffsetsInTheRom)
{
	EXPECT_EQ(parse_location("config+4,16").count, 16u);
	EXPECT_EQ(parse_location("rom+68").offset, 68u);
	EXPECT_EQ(parse_location("bar2+68").offset, 68u);
}

TEST(AParsedLocation, MayBeANameInAMap)
{
	const auto location = parse_location("CH2.CTRL");

	ASSERT_TRUE(location.symbol);
	EXPECT_EQ(location.symbol->reg, "CH2.CTRL");
	EXPECT_EQ(location.symbol->field, "");
	EXPECT_EQ(parse_location("bar1.STATUS").symbol->reg, "bar1.STATUS");
	EXPECT_EQ(parse_location("_x,4:BUSY").symbol->field, "BUSY");
	EXPECT_EQ(parse_location("_x,4:BUSY").count, 4u);
	EXPECT_EQ(parse_location("COUNTER:63:32").field->bits(), 32u);
	EXPECT_EQ(parse_location("barrier").symbol->reg, "barrier");
	EXPECT_EQ(parse_location("bar0_x").symbol->reg, "bar0_x");
}

TEST(AParsedLocation, IsARegionBeforeItIsAName)
{
	EXPECT_FALSE(parse_location("bar1.w").symbol);
	EXPECT_FALSE(parse_location("bar0x1.b").symbol);
	EXPECT_FALSE(parse_location("config.q").symbol);
	EXPECT_TRUE(parse_location("config.wide").symbol);
}

TEST(AParsedLocation, OfANameIsPrintedAsItWasWritten)
{
	for (const auto *text : {"STATUS", "CH2.CTRL,4:MODE", "bar1.CH.x:7:4"})
		EXPECT_EQ(parse_location(text).canonical(), text);
}

class ARefusedLocation : public testing::TestWithParam<Refusal> {};

TEST_P(ARefusedLocation, SaysWhere)
{
	EXPECT_EQ(complaint_about(GetParam().text, parse_location), GetParam().complaint);
}

const std::string region_wanted = "a location begins with its region, bar0 to bar5, "
				  "config or rom, or with the name of a register";
const std::string form = "a location is REGION[+OFFSET][.WIDTH][,COUNT|..END][:HI[:LO]]";

INSTANTIATE_TEST_SUITE_P(
	Location, ARefusedLocation,
	testing::Values(
		Refusal{"Empty", "", "'', column 1: " + region_wanted},
		Refusal{"OnlyAnOffset", "0x10", "'0x10', column 1: " + region_wanted},
		Refusal{"CapitalRegion", "BAR0+4",
			"'BAR0+4', column 1: a region is in lower case; write bar0"},
		Refusal{"BarWithoutNumber", "bar+4", "'bar+4', column 4: a number is missing here"},
		Refusal{"AbsurdBar", "bar256",
			"'bar256', column 1: no device has that BAR; use bar0 to bar5"},
		Refusal{"OffsetLeadingZero", "bar0+010",
			"'bar0+010', column 6: a leading zero could mean octal; write 10 or "
			"0x10"},
		Refusal{"OffsetInConfigurationSpace", "config+68",
			"'config+68', column 8: 68 has two readings in configuration space; write "
			"0x44 (decimal 68) or 0x68 (as setpci reads it)"},
		Refusal{"EndInConfigurationSpace", "config..63",
			"'config..63', column 9: 63 has two readings in configuration space; write "
			"0x3f (decimal 63) or 0x63 (as setpci reads it)"},
		Refusal{"OffsetThatIsNoNumber", "bar0+x1",
			"'bar0+x1', column 6: 'x' is not a decimal digit; hexadecimal numbers "
			"begin "
			"with 0x"},
		Refusal{"OffsetMissing", "bar0+.w",
			"'bar0+.w', column 6: a number is missing here"},
		Refusal{"OffsetsOverflow", "bar0+0xffffffffffffffff+1",
			"'bar0+0xffffffffffffffff+1', column 25: the offsets add up to more than "
			"64 bits"},
		Refusal{"UnknownWidth", "bar0+4.x",
			"'bar0+4.x', column 8: 'x' is not a width; write .b .w .l or .q for 8, 16, "
			"32 "
			"or 64 bits"},
		Refusal{"WidthInBits", "bar0.32",
			"'bar0.32', column 6: '32' is not a width; write .b .w .l or .q for 8, 16, "
			"32 or 64 bits"},
		Refusal{"CountOfZero", "bar0,0",
			"'bar0,0', column 6: a count of 0 asks for nothing; write 1 or more"},
		Refusal{"EndBeforeStart", "bar0+8..4",
			"'bar0+8..4', column 9: the last byte, 0x4, is before the first, 0x8"},
		Refusal{"EndInsideAnElement", "bar0+8..0x10",
			"'bar0+8..0x10', column 9: 0x8 to 0x10, inclusive, is not a whole "
			"number of 4-byte elements"},
		Refusal{"EndOfEverything", "bar0.b..0xffffffffffffffff",
			"'bar0.b..0xffffffffffffffff', column 9: the range is larger than 64 bits "
			"can count"},
		Refusal{"BitOutsideTheWidth", "bar0.b:8",
			"'bar0.b:8', column 8: there is no bit 8 in 8 bits; write 0 to 7, or a "
			"wider width"},
		Refusal{"BitsInTheWrongOrder", "bar0:4:7",
			"'bar0:4:7', column 6: the high bit comes first; write 7:4"},
		Refusal{"CountAndEnd", "bar0,4..7",
			"'bar0,4..7', column 7: '..7' is not understood "
			"here; " +
				form},
		Refusal{"WidthOfAName", "STATUS.w",
			"'STATUS.w', column 7: '.w' is not understood here; a register of a map is "
			"[BLOCK.]REGISTER[,COUNT][:FIELD|:HI[:LO]]"},
		Refusal{"WidthAfterCount", "bar0,4.w",
			"'bar0,4.w', column 7: '.w' is not understood here; " + form},
		Refusal{"TrailingSpace", "bar0 ",
			"'bar0 ', column 5: ' ' is not understood here; " + form}),
	claim_of);

} // namespace
} // namespace pcipeek::tools
