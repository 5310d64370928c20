// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "map_folder.hpp"
#include "map_text.hpp"

#include <pcipeek/testing.hpp>

#include <gmock/gmock.h>

using namespace pcipeek;
using namespace pcipeek::test;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

namespace {

class MapFiles : public ::testing::Test {
protected:
	MapFiles()
	{
		setenv("PCIPEEK_MAPS",
		       (first.path().string() + ":" + second.path().string()).c_str(), 1);
		setenv("XDG_CONFIG_HOME", home.path().c_str(), 1);
	}

	~MapFiles() override
	{
		unsetenv("PCIPEEK_MAPS");
		unsetenv("XDG_CONFIG_HOME");
	}

	static std::string with(const std::string &reg, int offset = 0)
	{
		return "name = \"" + reg + "\"\n[bar0." + reg +
		       "]\noffset = " + std::to_string(offset) + "\n";
	}

	MapFolder first;
	MapFolder second;
	MapFolder home;
	pcipeek::testing::FakeBoard board{{.vendor_id = 0x1147,
					   .device_id = 0x0c8e,
					   .subsystem_vendor_id = 0x1147,
					   .subsystem_id = 0x2090,
					   .class_code = 0x070002}};
	Device device = board.device();
};

TEST_F(MapFiles, HaveTheNamesOfWhatTheyApplyTo)
{
	EXPECT_THAT(Map::names_for(device),
		    ElementsAre("1147-0c8e-1147-2090", "1147-0c8e", "class-070002", "class-0700"));
}

TEST_F(MapFiles, TheFoldersAreSearchedInOrder)
{
	const auto folders = Map::folders();

	ASSERT_EQ(folders.size(), 5);
	EXPECT_EQ(folders[0], first.path());
	EXPECT_EQ(folders[1], second.path());
	EXPECT_EQ(folders[2], home.path() / "pcipeek/maps");
	EXPECT_EQ(folders[3], "/etc/pcipeek/maps");
}

TEST_F(MapFiles, WithoutOneThereAreNoNames)
{
	EXPECT_THAT(Map::files_for(device), ElementsAre());
	EXPECT_TRUE(Map::of(device).registers().empty());
	EXPECT_THAT(map_error_of([&] { Map::of(device).at("X"); }), HasSubstr("'X'"));
}

TEST_F(MapFiles, TheMoreSpecificComesFirstAndAllAreOne)
{
	first.write("class-0700.toml", with("WIDE"));
	second.write("1147-0c8e-1147-2090.toml", with("OWN", 4));
	second.write("1147-0c8e.toml", with("MODEL", 8));

	EXPECT_THAT(Map::files_for(device), ElementsAre(second.path() / "1147-0c8e-1147-2090.toml",
							second.path() / "1147-0c8e.toml",
							first.path() / "class-0700.toml"));
	const Map map = Map::of(device);
	EXPECT_EQ(map.name(), "OWN");
	EXPECT_EQ(map.registers().size(), 3);
}

TEST_F(MapFiles, TheFirstFolderWithAFileOfThatNameWins)
{
	first.write("1147-0c8e.toml", with("FIRST"));
	second.write("1147-0c8e.toml", with("SECOND"));

	EXPECT_EQ(Map::of(device).at("FIRST").offset, 0);
	EXPECT_EQ(Map::of(device).find("SECOND"), nullptr);
}

TEST_F(MapFiles, ThatContradictEachOtherAreRefusedByName)
{
	first.write("1147-0c8e.toml", with("R", 0));
	first.write("class-0700.toml", with("R", 4));

	const std::string error = map_error_of([&] { Map::of(device); });
	EXPECT_THAT(error, HasSubstr("1147-0c8e.toml and "));
	EXPECT_THAT(error, HasSubstr("class-0700.toml contradict each other"));
}

TEST_F(MapFiles, ForConfigurationSpaceThereIsOneForAll)
{
	EXPECT_TRUE(Map::of_config_space().registers().empty());
	second.write("config.toml", "name = \"c\"\n[config.CAP.registers.X]\noffset = 0\n");
	EXPECT_NE(Map::of_config_space().find("CAP.X"), nullptr);
}

TEST_F(MapFiles, ThatAreNoMapsAreRefused)
{
	const auto file = first.write("readme.md", "");

	EXPECT_THAT(map_error_of([&] { Map::load(file); }), HasSubstr("its suffix does not say"));
	EXPECT_THAT(map_error_of([&] { Map::load(first.path() / "none.toml"); }),
		    HasSubstr("No such file"));
	std::filesystem::create_directory(first.path() / "folder.toml");
	EXPECT_THAT(map_error_of([&] { Map::load(first.path() / "folder.toml"); }),
		    HasSubstr("a plain file"));
}

} // namespace
