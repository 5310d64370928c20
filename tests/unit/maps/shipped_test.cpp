// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "map_text.hpp"

#include <gmock/gmock.h>

using namespace pcipeek;
using testing::IsEmpty;

namespace {

std::vector<std::filesystem::path> shipped()
{
	std::vector<std::filesystem::path> files;
	for (const auto &entry : std::filesystem::directory_iterator{PCIPEEK_SHIPPED_MAPS})
		if (entry.path().extension() == ".toml")
			files.push_back(entry.path());
	return files;
}

TEST(MapsThatShip, AreReadWithoutAWarning)
{
	EXPECT_GE(shipped().size(), 9);
	for (const auto &file : shipped()) {
		const Map map = Map::load(file);
		EXPECT_THAT(map.warnings(), IsEmpty()) << file;
		EXPECT_FALSE(map.registers().empty()) << file;
	}
}

// A user who has one name in mind need not know the block.
TEST(MapsThatShip, NameTheLinkOfADeviceOnce)
{
	const Map map = Map::load(std::filesystem::path{PCIPEEK_SHIPPED_MAPS} / "config.toml");

	for (const char *name : {"LNKCAP", "LNKCTL", "LNKSTA", "LNKSTA2", "DEVCTL", "DEVSTA"})
		EXPECT_EQ(map.at(name).block->name, "CAP_EXP") << name;
}

} // namespace
