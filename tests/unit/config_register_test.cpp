// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include <pcipeek/config_register.hpp>

#include <gtest/gtest.h>

#include <set>

namespace pcipeek {
namespace {

TEST(ARegisterName, StandsForAPlaceAndAWidth)
{
	const auto command = find_config_register("COMMAND");

	ASSERT_TRUE(command);
	EXPECT_EQ(command->base, ConfigBase::header);
	EXPECT_EQ(command->offset, 0x04);
	EXPECT_EQ(command->width, Width::w16);
	EXPECT_EQ(find_config_register("BRIDGE_CONTROL")->offset, 0x3e);
	EXPECT_EQ(find_config_register("CB_LEGACY_MODE_BASE")->width, Width::w32);
}

TEST(ARegisterName, OfACapabilityStandsForItsId)
{
	const auto msi = find_config_register("CAP_MSI");
	const auto errors = find_config_register("ECAP_AER");

	ASSERT_TRUE(msi && errors);
	EXPECT_EQ(msi->base, ConfigBase::capability);
	EXPECT_EQ(msi->capability_id, 5);
	EXPECT_EQ(msi->width, std::nullopt);
	EXPECT_EQ(errors->base, ConfigBase::extended_capability);
	EXPECT_EQ(errors->capability_id, 1);
}

TEST(ARegisterName, IsUnderstoodInEitherCase)
{
	EXPECT_EQ(find_config_register("command")->name, "COMMAND");
	EXPECT_EQ(find_config_register("Ecap_L1pm")->name, "ECAP_L1PM");
}

TEST(ARegisterName, CanBeTheNumberOfACapability)
{
	EXPECT_EQ(find_config_register("CAP05")->base, ConfigBase::capability);
	EXPECT_EQ(find_config_register("cap1f")->capability_id, 0x1f);
	EXPECT_EQ(find_config_register("ECAP0023")->base, ConfigBase::extended_capability);
	EXPECT_EQ(find_config_register("ecap2F")->capability_id, 0x2f);
}

TEST(ARegisterName, IsNothingElse)
{
	for (const char *text : {"", "CAP", "ECAP", "CAP_", "CAP105", "ECAP00001", "CAP0x5",
				 "CAP-1", "CAP5 ", "COMMAN", "COMMANDS", " COMMAND", "04"})
		EXPECT_FALSE(find_config_register(text)) << text;
}

TEST(RegisterNames, AreUniqueAndAligned)
{
	std::set<std::string_view> names;
	for (const ConfigRegister &reg : config_registers()) {
		EXPECT_TRUE(names.insert(reg.name).second) << reg.name;
		EXPECT_EQ(reg.offset % bytes(reg.width.value_or(Width::w8)), 0u) << reg.name;
		EXPECT_EQ(find_config_register(reg.name)->name, reg.name);
	}
	EXPECT_EQ(names.size(), 124u);
}

} // namespace
} // namespace pcipeek
