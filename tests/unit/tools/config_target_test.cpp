// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "grammar/config_target.hpp"
#include "refusal.hpp"

namespace pcipeek::tools {
namespace {

TEST(AConfigRegister, HasTheWidthOfItsName)
{
	const auto target = parse_config_target("COMMAND");

	EXPECT_EQ(target.base.offset, 4u);
	EXPECT_EQ(target.location.offset, 0u);
	EXPECT_EQ(target.location.width, Width::w16);
	EXPECT_EQ(target.location.space, Space::config);
	EXPECT_FALSE(target.what);
}

TEST(AConfigRegister, MayBeNamedInEitherCase)
{
	EXPECT_EQ(parse_config_target("latency_timer").base.offset, 0x0du);
}

TEST(AConfigRegister, MayHaveAnotherWidthAndAnOffsetInIt)
{
	const auto target = parse_config_target("VENDOR_ID+1.b");

	EXPECT_EQ(target.location.offset, 1u);
	EXPECT_EQ(target.location.width, Width::w8);
}

TEST(AConfigRegister, MayBeAnOffset)
{
	const auto target = parse_config_target("0x40.w");

	EXPECT_EQ(target.base.base, ConfigBase::header);
	EXPECT_EQ(target.base.offset, 0u);
	EXPECT_EQ(target.location.offset, 0x40u);
	EXPECT_EQ(target.location.width, Width::w16);
}

TEST(AConfigRegister, HasACapabilityAsItsBase)
{
	const auto power = parse_config_target("CAP_PM+4.w");
	const auto errors = parse_config_target("ECAP0001+0x10");

	EXPECT_EQ(power.base.base, ConfigBase::capability);
	EXPECT_EQ(power.base.capability_id, 1u);
	EXPECT_EQ(power.location.offset, 4u);
	EXPECT_EQ(errors.base.base, ConfigBase::extended_capability);
	EXPECT_EQ(errors.location.width, Width::w32);
}

TEST(AConfigRegister, MayBeInOneOfSeveralCapabilities)
{
	EXPECT_EQ(parse_config_target("CAP_VNDR+4.w@1").nth, 1u);
	EXPECT_EQ(parse_config_target("CAP_VNDR@2=1").nth, 2u);
}

TEST(AConfigRegister, IsCalledInAnswersWhatItWasCalledInTheQuestion)
{
	EXPECT_EQ(parse_config_target("command.b=1").location.label(), "command.b");
	EXPECT_EQ(parse_config_target("STATUS:4").location.label(), "STATUS:4");
}

TEST(AConfigRegister, MayBeWritten)
{
	const auto target = parse_config_target("COMMAND=0x2:0x6");

	ASSERT_TRUE(target.what);
	EXPECT_EQ(target.what->value, 2u);
	EXPECT_EQ(target.what->mask, 6u);
}

TEST(AConfigRegister, HasDecimalCountsBitsAndChoices)
{
	const auto target = parse_config_target("CAP_VNDR+4.w@12,10:15:10");

	EXPECT_EQ(target.nth, 12u);
	EXPECT_EQ(target.location.count, 10u);
	EXPECT_EQ(target.location.field->high, 15u);
	EXPECT_EQ(target.location.field->low, 10u);
}

TEST(AConfigRegister, ThatSetpciDoesNotKnowIsANameInAMap)
{
	for (const auto *text : {"LNKSTA", "CAP_EXP.LNKSTA", "LNKCTL:ASPM=off"}) {
		const auto target = parse_config_target(text);

		ASSERT_TRUE(target.location.symbol) << text;
		EXPECT_TRUE(target.location.symbol->reg.starts_with("config.")) << text;
	}
	EXPECT_EQ(parse_config_target("COMMAND:MEMORY").location.symbol->field, "MEMORY");
	for (const auto *text : {"COMMAND", "CAP_EXP", "CAP_EXP.w", "CAP_EXP+2", "COMMAND:1"})
		EXPECT_FALSE(parse_config_target(text).location.symbol) << text;
}

class ARefusedConfigRegister : public testing::TestWithParam<Refusal> {};

TEST_P(ARefusedConfigRegister, SaysWhere)
{
	EXPECT_EQ(complaint_about(GetParam().text, parse_config_target), GetParam().complaint);
}

INSTANTIATE_TEST_SUITE_P(
	ConfigRegister, ARefusedConfigRegister,
	testing::Values(
		Refusal{"Empty", "",
			"'', column 1: '' is not a register; write a name of setpci(8) or of a "
			"register map, CAPxx or ECAPxx with the hexadecimal number of the "
			"capability, or an offset (hexadecimal with 0x)"},
		Refusal{"HexWithoutPrefix", "4c.w",
			"'4c.w', column 2: 'c' is not a decimal digit; hexadecimal numbers begin "
			"with 0x"},
		Refusal{"OffsetOfARecipe", "68.w=5930",
			"'68.w=5930', column 1: 68 has two readings in configuration space; write "
			"0x44 (decimal 68) or 0x68 (as setpci reads it)"},
		Refusal{"ValueOfARecipe", "0x68.w=5930",
			"'0x68.w=5930', column 8: 5930 has two readings in configuration space; "
			"write 0x172a (decimal 5930) or 0x5930 (as setpci reads it)"},
		Refusal{"OffsetInACapabilityOfARecipe", "CAP_EXP+10.w=20:20",
			"'CAP_EXP+10.w=20:20', column 9: 10 has two readings in configuration "
			"space; write 0xa (decimal 10) or 0x10 (as setpci reads it)"},
		Refusal{"MaskOfARecipe", "BRIDGE_CONTROL=0x40:40",
			"'BRIDGE_CONTROL=0x40:40', column 21: 40 has two readings in configuration "
			"space; write 0x28 (decimal 40) or 0x40 (as setpci reads it)"},
		Refusal{"CommandOfARecipe", "COMMAND=547",
			"'COMMAND=547', column 9: 547 has two readings in configuration space; "
			"write 0x223 (decimal 547) or 0x547 (as setpci reads it)"},
		Refusal{"ReadOfARecipe", "44.l",
			"'44.l', column 1: 44 has two readings in configuration space; write 0x2c "
			"(decimal 44) or 0x44 (as setpci reads it)"},
		Refusal{"EndOfARange", "0x40..63",
			"'0x40..63', column 7: 63 has two readings in configuration space; write "
			"0x3f (decimal 63) or 0x63 (as setpci reads it)"},
		Refusal{"UnknownWidth", "COMMAND.x",
			"'COMMAND.x', column 9: 'x' is not a width; write .b .w .l or .q for 8, "
			"16, 32 or 64 bits"},
		Refusal{"ValueWiderThanTheRegister", "COMMAND=0x10000",
			"'COMMAND=0x10000', column 9: 0x10000 needs 17 bits, and COMMAND has 16; "
			"choose a wider width or a smaller value"},
		Refusal{"ValueForSeveral", "0x10,2=1",
			"'0x10,2=1', column 8: one value goes to one register; leave out the "
			"count"},
		Refusal{"ChoiceOfARegisterOfTheHeader", "COMMAND@1",
			"'COMMAND@1', column 8: only capabilities can occur several times"},
		Refusal{"SomethingBehind", "COMMAND==1",
			"'COMMAND==1', column 9: a number is missing here"},
		Refusal{"Comma", "COMMAND=1,2",
			"'COMMAND=1,2', column 10: ',2' is not understood here; a register is "
			"NAME|OFFSET[+OFFSET]...[.WIDTH][=VALUE[:MASK]]"}),
	claim_of);

} // namespace
} // namespace pcipeek::tools
