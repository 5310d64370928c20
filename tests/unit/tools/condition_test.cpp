// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "grammar/condition.hpp"
#include "refusal.hpp"

namespace pcipeek::tools {
namespace {

TEST(ACondition, IsAboutAllBitsOfTheRegisterUnlessToldOtherwise)
{
	const auto condition = parse_condition("bar0+0x20.w==0x12").in_register();

	EXPECT_EQ(condition.value, 0x12u);
	EXPECT_EQ(condition.mask, 0xffffu);
	EXPECT_FALSE(condition.not_equal);
}

TEST(ACondition, MayBeAboutTheBitsOfAMask)
{
	const auto condition = parse_condition("bar0+0x20==0:1").in_register();

	EXPECT_EQ(condition.value, 0u);
	EXPECT_EQ(condition.mask, 1u);
}

TEST(ACondition, MayBeThatTheRegisterIsSomethingElse)
{
	EXPECT_TRUE(parse_condition("bar0+0x20!=0xffffffff").not_equal);
	EXPECT_TRUE(parse_condition("bar0+0x20!=0:0x80").in_register().not_equal);
}

TEST(ACondition, OfABitFieldIsAboutThoseBitsInTheirPlace)
{
	const auto condition = parse_condition("bar0+0x20:7:4==3").in_register();

	EXPECT_EQ(condition.value, 0x30u);
	EXPECT_EQ(condition.mask, 0xf0u);
}

TEST(ACondition, MayHaveAMaskInItsBitField)
{
	const auto condition = parse_condition("bar0+0x20:7:4==2:6").in_register();

	EXPECT_EQ(condition.value, 0x20u);
	EXPECT_EQ(condition.mask, 0x60u);
}

TEST(ACondition, MayBeAboutAll64Bits)
{
	const auto condition = parse_condition("bar0.q==0xffffffffffffffff").in_register();

	EXPECT_EQ(condition.value, UINT64_MAX);
	EXPECT_EQ(condition.mask, UINT64_MAX);
}

class ARefusedCondition : public testing::TestWithParam<Refusal> {};

TEST_P(ARefusedCondition, SaysWhere)
{
	EXPECT_EQ(complaint_about(GetParam().text, parse_condition), GetParam().complaint);
}

INSTANTIATE_TEST_SUITE_P(
	Condition, ARefusedCondition,
	testing::Values(
		Refusal{"NoComparison", "bar0",
			"'bar0', column 5: '==VALUE' or '!=VALUE' is missing; a condition is "
			"LOCATION==VALUE[:MASK] or LOCATION!=VALUE[:MASK]"},
		Refusal{"Assignment", "bar0=1",
			"'bar0=1', column 5: '==VALUE' or '!=VALUE' is missing; a condition is "
			"LOCATION==VALUE[:MASK] or LOCATION!=VALUE[:MASK]"},
		Refusal{"NoValue", "bar0==", "'bar0==', column 7: a number is missing here"},
		Refusal{"ValueWiderThanItsWidth", "bar0.b==0x100",
			"'bar0.b==0x100', column 9: 0x100 needs 9 bits, and bar0.b has 8; choose "
			"a wider width or a smaller value"},
		Refusal{"ValueOutsideItsMask", "bar0==2:1",
			"'bar0==2:1', column 9: the value 0x2 has bits outside the mask 0x1; clear "
			"them or widen the mask"},
		Refusal{"SomethingBehind", "bar0==1 ",
			"'bar0==1 ', column 8: ' ' is not understood here; a condition is "
			"LOCATION==VALUE[:MASK] or LOCATION!=VALUE[:MASK]"},
		Refusal{"SeveralRegisters", "bar0,2==1",
			"'bar0,2==1': a condition is about one register; leave out the count"},
		Refusal{"AnotherRegion", "config+4==1",
			"'config+4': only BARs are allowed here; write bar0 to bar5"}),
	claim_of);

} // namespace
} // namespace pcipeek::tools
