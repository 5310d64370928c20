// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "mapped_board.hpp"

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

namespace pcipeek::tools {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class ADecoding : public AMappedBoard {
protected:
	ADecoding()
	{
		write_map("[bar0.CTRL]\noffset = 8\nwidth = 8\nfields.RUN = \"0\"\n"
			  "fields.DIRECTION = { bits = \"1\", values = { from_ram = 0, to_ram = 1 "
			  "} }\n"
			  "fields.LENGTH = \"7:4\"\n"
			  "[bar0.FIFO]\noffset = 0x10\naccess = \"rc\"\nfields.DATA = \"15:0\"\n");
		write_config_map("[config.COMMAND]\noffset = 4\nwidth = 16\nfields.IO = \"0\"\n");
	}

	static constexpr const char *decoded = "bar0\n"
					       "  CTRL  0x08  8  0xa2\n"
					       "          0  RUN        0\n"
					       "          1  DIRECTION  1  to_ram\n"
					       "        7:4  LENGTH     0xa\n";
};

TEST_F(ADecoding, TakesAMapByItsFileItsNameOrADevice)
{
	const auto file = (folder.path() / "1147-0c8e.toml").string();

	EXPECT_EQ(outcome_of(decode_verb, {file, "CTRL", "0xa2"}), succeeded(decoded));
	EXPECT_EQ(outcome_of(decode_verb, {"1147-0c8e", "ctrl", "162"}), succeeded(decoded));
	EXPECT_EQ(outcome_of(decode_verb, {"05:0d.0", "bar0.CTRL", "0b10100010"}),
		  succeeded(decoded));
	EXPECT_EQ(outcome_of(decode_verb, {"1147:0c8e", "CTRL", "0xa2"}), succeeded(decoded));
	EXPECT_THAT(seen(), IsEmpty());
}

TEST_F(ADecoding, ShowsAlsoWhatAListingDoesNotRead)
{
	EXPECT_THAT(outcome_of(decode_verb, {"1147-0c8e", "FIFO", "0x5"}).output,
		    HasSubstr("       15:0  DATA  5\n"));
}

TEST_F(ADecoding, HasAnObjectOnRequest)
{
	const auto list =
		json::parse(outcome_of(decode_verb, {"1147-0c8e", "CTRL", "2", "--json"}).output);

	ASSERT_EQ(list.size(), 1U);
	EXPECT_EQ(list.at(0).at("value"), 2);
	EXPECT_EQ(list.at(0).at("fields").at(1).at("meaning"), "to_ram");
}

TEST_F(ADecoding, TakesNumbersOfConfigurationSpaceAsElsewhere)
{
	EXPECT_THAT(outcome_of(decode_verb, {"config", "COMMAND", "0x3"}).output,
		    HasSubstr("          0  IO  1\n"));
	EXPECT_EQ(outcome_of(decode_verb, {"05:0d.0", "COMMAND", "7"}).status, 0);
	EXPECT_EQ(outcome_of(decode_verb, {"05:0d.0", "COMMAND", "10"}).status, 2);
}

TEST_F(ADecoding, RefusesWhatItCannotDecode)
{
	EXPECT_EQ(outcome_of(decode_verb, {"1147-0c8e", "CTRL", "0x100"}),
		  failed(2, "decode: '0x100', column 1: 0x100 needs 9 bits, and CTRL has 8"));
	EXPECT_EQ(outcome_of(decode_verb, {"1147-0c8e", "CTRL", "1 2"}).status, 2);
	EXPECT_EQ(outcome_of(decode_verb, {"1147-0c8e", "CTRL", "x"}).status, 2);
	EXPECT_EQ(outcome_of(decode_verb, {"1147-0c8e", "CTRL"}).status, 2);
	EXPECT_EQ(outcome_of(decode_verb, {"1147-0c8e", "CTL", "1"}),
		  failed(5, "decode: 'CTL' is not in the map; did you mean CTRL?"));
	EXPECT_EQ(outcome_of(decode_verb, {"1147-0c8f", "CTRL", "1"}).status, 5);
	EXPECT_EQ(outcome_of(decode_verb, {"./no-such.toml", "CTRL", "1"}).status, 2);
	EXPECT_EQ(outcome_of(decode_verb, {"05:0e.0", "CTRL", "1"}).status, 3);
	EXPECT_THAT(seen(), IsEmpty());
}

} // namespace
} // namespace pcipeek::tools
