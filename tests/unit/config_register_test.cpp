// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include <pcipeek/config_register.hpp>

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iomanip>
#include <set>
#include <unistd.h>

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

TEST(ARegisterName, TellsWhichHeadersHaveIt)
{
	EXPECT_EQ(find_config_register("STATUS")->header_types, 7);
	EXPECT_EQ(find_config_register("BASE_ADDRESS_1")->header_types, 3);
	EXPECT_EQ(find_config_register("ROM_ADDRESS")->header_types, 1);
	EXPECT_EQ(find_config_register("SECONDARY_BUS")->header_types, 2);
	EXPECT_EQ(find_config_register("CB_BUS_NUMBER")->header_types, 4);
	EXPECT_EQ(find_config_register("CAP_PM")->header_types, 7);
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

// A file of "lspci -x", of a device with that header type, for setpci to read.
std::string dump(unsigned header_type)
{
	std::string path = ::testing::TempDir() + "pcipeek-dump-" + std::to_string(::getpid());
	std::ofstream file{path};
	file << "00:01.0 Class ff00: 1147:0c8e\n";
	for (unsigned line = 0; line < 0x100; line += 16) {
		file << std::hex << std::setfill('0') << std::setw(2) << line << ':';
		for (unsigned byte = 0; byte < 16; byte++)
			file << ' ' << std::setw(2) << (line + byte == 0x0e ? header_type : 0);
		file << '\n';
	}
	file << '\n';
	return path;
}

TEST(RegisterNames, AreInTheHeadersInWhichSetpciHasThem)
{
	if (std::system("setpci --version >/dev/null 2>&1") != 0)
		GTEST_SKIP() << "there is no setpci to compare with";
	for (unsigned type = 0; type < 3; type++) {
		const std::string path = dump(type);
		const std::string setpci = "setpci -A dump -O dump.name=" + path + " -s 1.0 ";
		for (const ConfigRegister &reg : config_registers()) {
			if (reg.base != ConfigBase::header)
				continue;
			const std::string command =
				setpci + std::string{reg.name} + " >/dev/null 2>&1";
			EXPECT_EQ((reg.header_types >> type & 1) != 0,
				  std::system(command.c_str()) == 0)
				<< reg.name << " in header type " << type;
		}
		std::remove(path.c_str());
	}
}

} // namespace
} // namespace pcipeek
