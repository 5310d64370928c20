// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "map_text.hpp"

#include "map_folder.hpp"

#include <gmock/gmock.h>

using namespace pcipeek;
using namespace pcipeek::test;
using testing::HasSubstr;

namespace {

class TomlInclude : public testing::Test {
protected:
	MapFolder folder;
	Map load(const std::string &text)
	{
		return Map::load(folder.write("top.toml", "name = \"top\"\n" + text));
	}
};

TEST_F(TomlInclude, BringsRegistersAsTheyAre)
{
	folder.write("part.toml", "name = \"part\"\n[bar2.A]\noffset = 8\n");

	const Map map = load("include = \"part.toml\"\n[bar0.B]\noffset = 0\n");

	EXPECT_EQ(map.name(), "top");
	EXPECT_EQ(map.at("A").block->region(), "bar2");
	EXPECT_EQ(map.at("A").offset, 8);
	EXPECT_EQ(map.at("B").offset, 0);
}

TEST_F(TomlInclude, PutsNamedBlocksWhereTheyBelong)
{
	folder.write("part.toml", "name = \"part\"\n"
				  "[bar0.UART]\noffset = 0x500\nregisters.DATA = { offset = 4 }\n"
				  "[bar0.GPIO]\noffset = 0x600\nregisters.OUT = { offset = 0 }\n"
				  "[bar0.MISC]\noffset = 0x700\nregisters.ID = { offset = 0 }\n");

	const Map map = load("include = [\"part.toml\"]\norigin = 0x500\n[place]\n"
			     "UART = \"bar1+0x1000\"\n\"*\" = \"bar3+16\"\n");

	EXPECT_EQ(map.at("UART.DATA").block->region(), "bar1");
	EXPECT_EQ(map.at("UART.DATA").offset, 0x1004);
	EXPECT_EQ(map.at("MISC.ID").block->region(), "bar3");
	EXPECT_EQ(map.at("MISC.ID").offset, 0x210);
}

TEST_F(TomlInclude, DoesNotCareForTheCaseOfARegion)
{
	folder.write("part.toml", "name = \"part\"\n[bar0.A.registers.X]\noffset = 0\n");

	const Map map = load("include = \"part.toml\"\nplace.A = \"CONFIG+0x40\"\n");

	EXPECT_EQ(map.at("A.X").block->region(), "config");
	EXPECT_EQ(map.at("A.X").block->bar, 0);
	EXPECT_EQ(map.at("A.X").offset, 0x40);
}

TEST_F(TomlInclude, LeavesOutWhatHasNoPlace)
{
	folder.write("part.toml", "name = \"part\"\n[bar0.A.registers.X]\noffset = 0\n"
				  "[bar0.B.registers.Y]\noffset = 0\n");

	const Map map = load("include = \"part.toml\"\nplace.A = \"bar0\"\n");

	EXPECT_NE(map.find("A.X"), nullptr);
	EXPECT_EQ(map.find("B.Y"), nullptr);
}

TEST_F(TomlInclude, FaultsAreThoseOfTheIncludedFile)
{
	folder.write("part.toml", "name = \"part\"\n[bar0.A]\n");

	EXPECT_THAT(map_error_of([&] { load("include = \"part.toml\"\n"); }),
		    HasSubstr("part.toml:2: register A: 'offset' is missing"));
}

TEST_F(TomlInclude, RefusesWhatItCannotDo)
{
	folder.write("part.toml", "name = \"part\"\n[bar0.A.registers.X]\noffset = 0\n");

	EXPECT_THAT(map_error_of([&] { load("include = \"none.toml\"\n"); }),
		    HasSubstr("none.toml: No such file"));
	EXPECT_THAT(map_error_of([&] { load("include = \"top.toml\"\n"); }),
		    HasSubstr("include one another more than 8 deep"));
	EXPECT_THAT(map_error_of([&] { load("include = \"part.toml\"\nplace.B = \"bar0\"\n"); }),
		    HasSubstr("no included file has a block B"));
	EXPECT_THAT(map_error_of([&] { load("include = \"part.toml\"\nplace.A = \"bar9\"\n"); }),
		    HasSubstr("place.A: write \"REGION\" or \"REGION+OFFSET\""));
	EXPECT_THAT(map_error_of([&] {
			    load("include = \"part.toml\"\norigin = 4\nplace.\"*\" = \"bar0\"\n");
		    }),
		    HasSubstr("below the origin"));
}

} // namespace
