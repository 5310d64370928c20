// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "mapped_board.hpp"

#include <gmock/gmock.h>

namespace pcipeek::tools {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

class ASelection : public AMappedBoard {
protected:
	ASelection()
	{
		write_map("[bar0.STATUS]\noffset = 0\n"
			  "[bar0.CH]\ncount = 2\noffset = 0x10\nstride = 8\n"
			  "registers.STATE = { offset = 0 }\nregisters.GO = { offset = 4 }\n"
			  "[bar1.STAMP]\noffset = 0\n");
		write_config_map(
			"[config.COMMAND]\noffset = 4\nwidth = 16\n"
			"[config.CAP_EXP]\ncapability = 0x10\n"
			"registers.LNKSTA = { offset = 0x12, width = 16 }\n"
			"[config.BRIDGE]\nheader = 1\nregisters.BUS = { offset = 0x18 }\n");
	}

	/* Where the board was read. */
	std::vector<std::string> read_by(const std::vector<std::string> &arguments)
	{
		std::vector<std::string> places;

		EXPECT_EQ(run(regs_verb, arguments).status, 0);
		for (const auto &access : seen())
			places.push_back(access.substr(0, access.find(" 32")));
		return places;
	}
};

TEST_F(ASelection, TakesRegistersBlocksAndRegionsWithoutRegardToCase)
{
	EXPECT_THAT(read_by({"status"}), ElementsAre("read bar0+0x0"));
	EXPECT_THAT(read_by({"ch1"}), ElementsAre("read bar0+0x18", "read bar0+0x1c"));
	EXPECT_THAT(read_by({"ch1.Go"}), ElementsAre("read bar0+0x1c"));
	EXPECT_THAT(read_by({"BAR1"}), ElementsAre("read bar1+0x0"));
	EXPECT_THAT(read_by({"bar0.CH0.GO"}), ElementsAre("read bar0+0x14"));
}

TEST_F(ASelection, TakesPatternsOfWholeNames)
{
	EXPECT_THAT(read_by({"sta*"}), ElementsAre("read bar0+0x0", "read bar1+0x0"));
	EXPECT_THAT(read_by({"*.go"}), ElementsAre("read bar0+0x14", "read bar0+0x1c"));
	EXPECT_THAT(read_by({"CH[1-3].?O"}), ElementsAre("read bar0+0x1c"));
	EXPECT_THAT(read_by({"bar0.ST*"}), ElementsAre("read bar0+0x0"));
}

TEST_F(ASelection, ReadsEachOnceInTheOrderOfTheMap)
{
	EXPECT_THAT(read_by({"STAMP", "CH1", "CH1.GO", "*GO"}),
		    ElementsAre("read bar0+0x14", "read bar0+0x18", "read bar0+0x1c",
				"read bar1+0x0"));
}

TEST_F(ASelection, HasConfigurationSpaceOnlyOnRequest)
{
	EXPECT_THAT(run(regs_verb, {}).output, Not(HasSubstr("COMMAND")));
	EXPECT_THAT(run(regs_verb, {"--config"}).output,
		    HasSubstr("\nconfig\n  COMMAND  0x04  16  0x"));
	EXPECT_EQ(run(regs_verb, {"command", "--no-read"}),
		  succeeded("config\n  COMMAND  0x04  16\n"));
}

TEST_F(ASelection, NeedsNoMapOfTheDeviceForConfigurationSpace)
{
	std::filesystem::remove(folder.path() / "1147-0c8e.toml");
	EXPECT_THAT(run(regs_verb, {"--config"}).output, HasSubstr("COMMAND"));
	EXPECT_EQ(run(regs_verb, {"COMMAND"}).status, 0);
	EXPECT_EQ(run(regs_verb, {}).status, 5);
}

TEST_F(ASelection, SaysWhichBlocksTheDeviceDoesNotHave)
{
	EXPECT_EQ(run(regs_verb, {"CAP_EXP"}),
		  succeeded("CAP_EXP  config, capability 0x10  (no such capability)\n"));
	EXPECT_EQ(run(regs_verb, {"BRIDGE"}).status, 0);
	EXPECT_THAT(run(regs_verb, {"BRIDGE"}).output, HasSubstr("  (only bridges have it)\n"));
	EXPECT_THAT(run(regs_verb, {"CAP_EXP", "--json"}).output,
		    HasSubstr("\"reason\":\"no such capability\""));
	EXPECT_THAT(seen(), IsEmpty());
}

TEST_F(ASelection, SuggestsNamesThatAreNear)
{
	const auto outcome = run(regs_verb, {"STATUS", "STATSU"});

	EXPECT_EQ(outcome.status, 5);
	EXPECT_THAT(outcome.error, HasSubstr("'STATSU' is not in the map; did you mean STATUS"));
	EXPECT_EQ(run(regs_verb, {"COMAND"}),
		  failed(5, "regs: 'COMAND' is not in the map; did you mean COMMAND?"));
	EXPECT_THAT(run(regs_verb, {"X*"}).error, HasSubstr("no register matches 'X*'"));
	EXPECT_THAT(seen(), IsEmpty());
}

TEST_F(ASelection, RefusesANameOfSeveralRegisters)
{
	const auto outcome = run(regs_verb, {"GO"});

	EXPECT_EQ(outcome.status, 5);
	EXPECT_THAT(outcome.error, HasSubstr("bar0.CH0.GO, bar0.CH1.GO"));
	EXPECT_THAT(seen(), IsEmpty());
}

} // namespace
} // namespace pcipeek::tools
