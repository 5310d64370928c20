// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include <pcipeek/config_register.hpp>

#include <gmock/gmock.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iomanip>
#include <map>
#include <memory>
#include <set>
#include <sstream>
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
	EXPECT_EQ(names.size(), 128u);
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

// What setpci prints with that argument. Nothing where there is no setpci.
std::string setpci(const std::string &argument)
{
	const std::string command = "setpci " + argument + " 2>/dev/null";
	const std::unique_ptr<FILE, int (*)(FILE *)> pipe{::popen(command.c_str(), "r"), ::pclose};
	std::string text;
	for (int c = 0; (c = std::fgetc(pipe.get())) != EOF;)
		text += static_cast<char>(c);
	return text;
}

// A line of setpci --dumpregs: "  05 00 - CAP_MSI", "     04 W COMMAND".
ConfigRegister register_by_setpci(const std::string &line)
{
	static const std::map<std::string, std::optional<Width>> widths{
		{"B", Width::w8}, {"W", Width::w16}, {"L", Width::w32}, {"-", std::nullopt}};
	std::istringstream words{line.substr(4)};
	ConfigRegister reg{};
	std::string width;

	if (line[3] != ' ') {
		reg.capability_id = static_cast<std::uint16_t>(std::stoul(line, nullptr, 16));
		reg.base =
			line[0] == ' ' ? ConfigBase::capability : ConfigBase::extended_capability;
	}
	words >> std::hex >> reg.offset >> width;
	reg.width = widths.at(width);
	return reg;
}

std::map<std::string, ConfigRegister> registers_by_setpci()
{
	std::map<std::string, ConfigRegister> registers;
	std::istringstream lines{setpci("--dumpregs")};
	std::string line;
	std::getline(lines, line); // the heading
	while (std::getline(lines, line))
		registers.emplace(line.substr(line.rfind(' ') + 1), register_by_setpci(line));
	return registers;
}

// Major and minor, of "setpci version 3.13.0". {0, 0} where there is no setpci.
std::pair<int, int> version_of_setpci()
{
	std::pair<int, int> version{};
	std::istringstream text{setpci("--version")};
	std::string word;
	char dot = 0;
	text >> word >> word >> version.first >> dot >> version.second;
	return version;
}

// Debian 12 has setpci 3.9, Debian 13 has 3.13. All names of 3.15 are known here.
constexpr std::pair newest_setpci{3, 15};

// The first of these releases that has the name.
std::pair<int, int> first_with(std::string_view name)
{
	static const std::map<std::string_view, std::pair<int, int>> young{{"ECAP_IDE", {3, 13}},
									   {"ECAP_32GT", {3, 15}},
									   {"ECAP_64GT", {3, 15}},
									   {"ECAP_FL", {3, 15}}};
	const auto found = young.find(name);
	return found == young.end() ? std::pair{3, 9} : found->second;
}

TEST(RegisterNames, MeanWhatTheyMeanToSetpci)
{
	if (registers_by_setpci().empty())
		GTEST_SKIP() << "there is no setpci to compare with";
	for (const auto &[name, theirs] : registers_by_setpci()) {
		SCOPED_TRACE(name);
		const auto ours = find_config_register(name);
		if (!ours)
			continue;
		EXPECT_EQ(ours->base, theirs.base);
		EXPECT_EQ(ours->capability_id, theirs.capability_id);
		EXPECT_EQ(ours->offset, theirs.offset);
		EXPECT_EQ(ours->width, theirs.width);
	}
}

// A later release may have more names, which is for a person to see, and no fault.
TEST(RegisterNames, LackNoneOfSetpci)
{
	const auto version = version_of_setpci();
	std::vector<std::string> lacking;
	for (const auto &[name, theirs] : registers_by_setpci())
		if (!find_config_register(name))
			lacking.push_back(name);

	if (version > newest_setpci && !lacking.empty())
		GTEST_SKIP() << "setpci " << version.first << '.' << version.second
			     << " is newer than 3.15; unknown here: "
			     << ::testing::PrintToString(lacking);
	if (version == std::pair{0, 0})
		GTEST_SKIP() << "there is no setpci to compare with";
	EXPECT_THAT(lacking, ::testing::IsEmpty());
}

TEST(RegisterNames, AreAllKnownToSetpci)
{
	const auto theirs = registers_by_setpci();
	if (theirs.empty())
		GTEST_SKIP() << "there is no setpci to compare with";
	const auto version = version_of_setpci();
	for (const ConfigRegister &reg : config_registers()) {
		if (version < first_with(reg.name))
			continue;
		EXPECT_TRUE(theirs.contains(std::string{reg.name})) << reg.name;
	}
}

TEST(RegisterNames, AreInTheHeadersInWhichSetpciHasThem)
{
	if (registers_by_setpci().empty())
		GTEST_SKIP() << "there is no setpci to compare with";
	for (unsigned type = 0; type < 3; type++) {
		const std::string path = dump(type);
		const std::string command = "setpci -A dump -O dump.name=" + path + " -s 1.0 ";
		for (const ConfigRegister &reg : config_registers()) {
			if (reg.base != ConfigBase::header)
				continue;
			const std::string one =
				command + std::string{reg.name} + " >/dev/null 2>&1";
			EXPECT_EQ((reg.header_types >> type & 1) != 0,
				  std::system(one.c_str()) == 0)
				<< reg.name << " in header type " << type;
		}
		std::remove(path.c_str());
	}
}

} // namespace
} // namespace pcipeek
