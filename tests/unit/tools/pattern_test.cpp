// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "grammar/pattern.hpp"
#include "refusal.hpp"

namespace pcipeek::tools {
namespace {

constexpr Address board{0, 0x05, 0x0d, 1};

TEST(AnIdPattern, NeedsNoDevice)
{
	EXPECT_EQ(parse_id_pattern("1147:").vendor, 0x1147);
	EXPECT_FALSE(parse_id_pattern("1147:").device);
	EXPECT_EQ(parse_id_pattern("1147:0c8e").device, 0x0c8e);
}

TEST(ASlotPattern, MatchesEverythingThatItLeavesOut)
{
	EXPECT_TRUE(parse_slot_pattern("05:").matches(board));
	EXPECT_TRUE(parse_slot_pattern("05:0d").matches(board));
	EXPECT_TRUE(parse_slot_pattern("05:0d.1").matches(board));
	EXPECT_TRUE(parse_slot_pattern("0000:5:d.1").matches(board));
	EXPECT_TRUE(parse_slot_pattern("ffffffff:ff:1f.7").matches({0xffffffff, 0xff, 0x1f, 7}));
}

TEST(ASlotPattern, MatchesNothingElse)
{
	EXPECT_FALSE(parse_slot_pattern("04:").matches(board));
	EXPECT_FALSE(parse_slot_pattern("05:0c").matches(board));
	EXPECT_FALSE(parse_slot_pattern("05:0d.0").matches(board));
	EXPECT_FALSE(parse_slot_pattern("0001:05:").matches(board));
}

class ARefusedPattern : public testing::TestWithParam<Refusal> {};

class ARefusedIdPattern : public ARefusedPattern {};

TEST_P(ARefusedIdPattern, SaysWhere)
{
	EXPECT_EQ(complaint_about(GetParam().text, parse_id_pattern), GetParam().complaint);
}

INSTANTIATE_TEST_SUITE_P(
	Pattern, ARefusedIdPattern,
	testing::Values(Refusal{"NoColon", "1147",
				"'1147', column 5: ':' is missing; write VENDOR:[DEVICE], such "
				"as 1147: or 1147:0c8e"},
			Refusal{"NoVendor", ":0c8e",
				"':0c8e', column 1: an id is four hexadecimal digits, without 0x"},
			Refusal{"NoDigits", "wxyz:",
				"'wxyz:', column 1: an id is four hexadecimal digits, without 0x"},
			Refusal{"SomethingBehind", "1147:0c8e:ff",
				"'1147:0c8e:ff', column 10: ':ff' is not understood here; "
				"write VENDOR:[DEVICE], such as 1147: or 1147:0c8e"}),
	claim_of);

class ARefusedSlotPattern : public ARefusedPattern {};

TEST_P(ARefusedSlotPattern, SaysWhere)
{
	EXPECT_EQ(complaint_about(GetParam().text, parse_slot_pattern), GetParam().complaint);
}

INSTANTIATE_TEST_SUITE_P(
	Pattern, ARefusedSlotPattern,
	testing::Values(Refusal{"NoColon", "05",
				"'05', column 3: ':' is missing; write "
				"[DOMAIN:]BUS:[DEVICE[.FUNCTION]], such as 05: or 05:0d.0"},
			Refusal{"BusTooLarge", "100:",
				"'100:', column 1: the bus is a hexadecimal number from 0 to ff, "
				"without 0x"},
			Refusal{"BusWithAPrefix", "0x05:",
				"'0x05:', column 1: the bus is a hexadecimal number from 0 to ff, "
				"without 0x"},
			Refusal{"SomethingBehind", "05:0d.1+",
				"'05:0d.1+', column 8: '+' is not understood here; write "
				"[DOMAIN:]BUS:[DEVICE[.FUNCTION]], such as 05: or 05:0d.0"},
			Refusal{"DeviceTooLarge", "05:20",
				"'05:20', column 4: the device is a hexadecimal number from 0 to "
				"1f, without 0x"},
			Refusal{"FunctionMissing", "05:0d.",
				"'05:0d.', column 7: the function is a hexadecimal number from 0 "
				"to 7, without 0x"},
			Refusal{"Wildcard", "*:",
				"'*:', column 1: the bus is a hexadecimal number "
				"from 0 to ff, without 0x"}),
	claim_of);

} // namespace
} // namespace pcipeek::tools
