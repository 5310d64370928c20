// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "command_line.hpp"
#include "refusal.hpp"

#include <gmock/gmock.h>

namespace pcipeek::tools {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

struct Parsed {
	std::string device;
	std::vector<std::string> locations;
	std::string slot;
	bool json = false;
	bool raw = false;
};

Parsed parse(std::vector<const char *> arguments)
{
	Parsed parsed;
	CommandLine line("read", "read registers");

	line.positional("DEVICE", parsed.device, "which one");
	line.positionals("LOCATION", parsed.locations, "what to read");
	line.option("-s", parsed.slot, "SLOT", "where");
	line.flag("--json", parsed.json, "print JSON");
	line.flag("--raw", parsed.raw, "print bytes");
	line.exclude("--json", "--raw");
	arguments.insert(arguments.begin(), "read");
	line.parse(static_cast<int>(arguments.size()), arguments.data());
	return parsed;
}

std::string complaint(const std::vector<const char *> &arguments)
{
	return complaint_about("", [&](const std::string &) { parse(arguments); });
}

TEST(ACommandLine, LeavesItsArgumentsAsTheyWereTyped)
{
	const auto parsed = parse({"00:03.0", "bar0+0x00", "bar1=-1", "", "a b", "{x}"});

	EXPECT_EQ(parsed.device, "00:03.0");
	EXPECT_THAT(parsed.locations, ElementsAre("bar0+0x00", "bar1=-1", "", "a b", "{x}"));
	EXPECT_FALSE(parsed.json);
}

TEST(ACommandLine, TakesOptionsAnywhere)
{
	EXPECT_TRUE(parse({"--json", "d", "l"}).json);
	EXPECT_TRUE(parse({"d", "--json", "l"}).json);
	EXPECT_TRUE(parse({"d", "l", "--json"}).json);
	EXPECT_THAT(parse({"d", "l", "-s", "00:", "m"}).locations, ElementsAre("l", "m"));
	EXPECT_EQ(parse({"d", "l", "-s", "00:", "m"}).slot, "00:");
}

TEST(ACommandLine, EndsItsOptionsAtTwoDashes)
{
	EXPECT_THAT(parse({"d", "--", "--json"}).locations, ElementsAre("--json"));
}

TEST(ACommandLine, SaysWhatIsMissing)
{
	EXPECT_EQ(complaint({}), "DEVICE is required; see 'pcipeek read --help'");
	EXPECT_EQ(complaint({"d"}), "LOCATION is required; see 'pcipeek read --help'");
}

TEST(ACommandLine, RefusesAnUnknownOption)
{
	EXPECT_EQ(complaint({"d", "l", "--jsn"}),
		  "The following argument was not expected: --jsn; see 'pcipeek read --help'");
}

TEST(ACommandLine, NamesLeftOversInTheOrderInWhichTheyWereGiven)
{
	const auto complaint = [](const std::vector<const char *> &argv) -> std::string {
		std::string device;
		CommandLine line("info", "show one device");

		line.device(device);
		try {
			line.parse(static_cast<int>(argv.size()), argv.data());
		} catch (const UsageError &error) {
			return error.what();
		}
		return "";
	};

	EXPECT_EQ(complaint({"info", "d", "first", "--second", "third"}),
		  "The following arguments were not expected: first --second third; see "
		  "'pcipeek info --help'");
}

TEST(ACommandLine, RefusesOptionsThatExcludeEachOther)
{
	EXPECT_EQ(complaint({"d", "l", "--json", "--raw"}),
		  "--json excludes --raw; see 'pcipeek read --help'");
}

TEST(ACommandLine, RefusesAValueForAFlag)
{
	EXPECT_THAT(complaint({"d", "l", "--json=0"}), HasSubstr("see 'pcipeek read --help'"));
}

TEST(ACommandLine, GivesItsHelpInsteadOfParsing)
{
	try {
		parse({"--help"});
		FAIL() << "no help";
	} catch (const HelpRequest &help) {
		EXPECT_THAT(help.text, HasSubstr("Usage: pcipeek read"));
		EXPECT_THAT(help.text, HasSubstr("-s SLOT"));
	}
}

} // namespace
} // namespace pcipeek::tools
