// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "grammar/assign.hpp"
#include "refusal.hpp"

namespace pcipeek::tools {
namespace {

TEST(AnAssignment, IsALocationAndAValue)
{
	const auto assign = parse_assign("bar2+0x04.b=0b101");

	EXPECT_EQ(assign.location.bar, 2u);
	EXPECT_EQ(assign.location.offset, 4u);
	EXPECT_EQ(assign.location.width, Width::w8);
	EXPECT_EQ(assign.location.text, "bar2+0x04.b");
	EXPECT_EQ(assign.what.value, 5u);
	EXPECT_FALSE(assign.what.mask);
}

TEST(AnAssignment, TakesTheLargestValueOfEachWidth)
{
	EXPECT_EQ(parse_assign("bar0.b=0xff").what.value, 0xffu);
	EXPECT_EQ(parse_assign("bar0.w=0xffff").what.value, 0xffffu);
	EXPECT_EQ(parse_assign("bar0=0xffffffff").what.value, 0xffffffffu);
	EXPECT_EQ(parse_assign("bar0.q=0xffffffffffffffff").what.value, UINT64_MAX);
}

TEST(AnAssignment, MayHaveAMask)
{
	const auto assign = parse_assign("bar0+0x10=0x5:0xf");

	EXPECT_EQ(assign.what.value, 5u);
	EXPECT_EQ(assign.what.mask, 0xfu);
}

TEST(AnAssignment, MayGoToABitField)
{
	const auto assign = parse_assign("bar0+0x10:7:4=0xf");

	ASSERT_TRUE(assign.location.field);
	EXPECT_EQ(assign.what.value, 0xfu);
}

class ARefusedAssignment : public testing::TestWithParam<Refusal> {};

TEST_P(ARefusedAssignment, SaysWhere)
{
	EXPECT_EQ(complaint_about(GetParam().text, parse_assign), GetParam().complaint);
}

INSTANTIATE_TEST_SUITE_P(
	Assignment, ARefusedAssignment,
	testing::Values(
		Refusal{"NoValue", "bar0",
			"'bar0', column 5: '=VALUE' is missing; write "
			"LOCATION=VALUE"},
		Refusal{"Condition", "bar0==1",
			"'bar0==1', column 6: '==' is a condition; an assignment has one '='"},
		Refusal{"EmptyValue", "bar0=", "'bar0=', column 6: a number is missing here"},
		Refusal{"NegativeValue", "bar0=-1",
			"'bar0=-1', column 6: a number is missing here"},
		Refusal{"ValueWiderThanItsWidth", "bar0.b=0x100",
			"'bar0.b=0x100', column 8: 0x100 needs 9 bits, and bar0.b has 8; choose a "
			"wider width or a smaller value"},
		Refusal{"ValueWiderThanItsField", "bar0:7:4=16",
			"'bar0:7:4=16', column 10: 0x10 needs 5 bits, and bar0:7:4 has 4; choose a "
			"wider width or a smaller value"},
		Refusal{"ValueInConfigurationSpace", "config+0x10=40:0x40",
			"'config+0x10=40:0x40', column 13: 40 has two readings in configuration "
			"space; write 0x28 (decimal 40) or 0x40 (as setpci reads it)"},
		Refusal{"MaskInConfigurationSpace", "config+0x10=0x40:40",
			"'config+0x10=0x40:40', column 18: 40 has two readings in configuration "
			"space; write 0x28 (decimal 40) or 0x40 (as setpci reads it)"},
		Refusal{"ValueOutsideItsMask", "bar0=0x10:0xf",
			"'bar0=0x10:0xf', column 11: the value 0x10 has bits outside the mask 0xf; "
			"clear them or widen the mask"},
		Refusal{"MaskWiderThanItsWidth", "bar0.b=1:0x1ff",
			"'bar0.b=1:0x1ff', column 10: 0x1ff needs 9 bits, and bar0.b has 8; choose "
			"a wider width or a smaller value"},
		Refusal{"SomethingBehind", "bar0=1=2",
			"'bar0=1=2', column 7: '=2' is not understood here; an assignment is "
			"LOCATION=VALUE[:MASK]"}),
	claim_of);

TEST(AnArgumentOfFill, IsOfBarsOnly)
{
	EXPECT_EQ(parse_fill("bar0,4=1").location.elements(), 4u);
	EXPECT_EQ(complaint_about("config,4=1", parse_fill),
		  "'config,4': only BARs are allowed here; write bar0 to bar5");
}

} // namespace
} // namespace pcipeek::tools
