// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "map_text.hpp"

#include <gmock/gmock.h>

using namespace pcipeek;
using namespace pcipeek::test;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

namespace {

const Map &board()
{
	static const Map map = toml(R"(
[bar0.STATUS]
offset = 0x20
[bar0.Data]
offset = 0x24
[bar0.DATA]
offset = 0x28
[bar1.STATUS]
offset = 0x30
[bar0.CH]
count = 2
stride = 0x10
offset = 0x100
registers.CTRL = { offset = 0 }
registers.MODE = { offset = 4 }
[bar0.GPIO.registers.MODE2]
offset = 0x300
)");
	return map;
}

std::uint64_t offset_of(std::string_view name)
{
	const map::Register *reg = board().find(name);
	return reg ? reg->offset : ~std::uint64_t{0};
}

TEST(Find, TakesTheWholeName)
{
	EXPECT_EQ(offset_of("CH1.CTRL"), 0x110);
	EXPECT_EQ(offset_of("bar0.CH1.CTRL"), 0x110);
	EXPECT_EQ(offset_of("bar1.CH1.CTRL"), ~std::uint64_t{0});
}

TEST(Find, DoesNotCareForCaseUnlessItDecides)
{
	EXPECT_EQ(offset_of("ch1.ctrl"), 0x110);
	EXPECT_EQ(offset_of("Data"), 0x24);
	EXPECT_EQ(offset_of("DATA"), 0x28);
	EXPECT_THAT(map_error_of([] { board().find("data"); }), HasSubstr("bar0.Data, bar0.DATA"));
}

TEST(Find, TheBlockMayBeLeftOutWhereThatIsUnambiguous)
{
	EXPECT_EQ(offset_of("MODE2"), 0x300);
	EXPECT_EQ(offset_of("mode2"), 0x300);
	EXPECT_THAT(map_error_of([] { board().find("MODE"); }),
		    HasSubstr("'MODE' matches 2 registers: bar0.CH0.MODE, bar0.CH1.MODE"));
}

TEST(Find, TheRegionTellsEqualNamesApart)
{
	EXPECT_EQ(offset_of("bar1.STATUS"), 0x30);
	EXPECT_EQ(offset_of("BAR0.status"), 0x20);
	EXPECT_THROW(board().find("STATUS"), NameError);
}

TEST(Find, IsNoGuess)
{
	for (const char *name :
	     {"", "STAT", "TATUS", "CTRL0", "CH1", "CH1.", ".CTRL", "bar0", "bar0."})
		EXPECT_EQ(board().find(name), nullptr) << name;
}

TEST(Find, SuggestsTheNearestNames)
{
	EXPECT_THAT(board().nearest("STTUS"), ElementsAre("STATUS", "STATUS"));
	EXPECT_THAT(board().nearest("ch1.ctl", 1), ElementsAre("CH1.CTRL"));
	EXPECT_THAT(board().nearest("GPIO.MODE3"), ElementsAre("GPIO.MODE2"));
	EXPECT_THAT(board().nearest("ENTIRELY_DIFFERENT"), IsEmpty());
	EXPECT_THAT(map_error_of([] { board().at("MODE4"); }), HasSubstr("did you mean"));
}

TEST(Merge, PutsMapsTogether)
{
	const Map both = toml("[bar0.A]\noffset = 0\n").merged_with(toml("[bar0.B]\noffset = 4\n"));

	EXPECT_NE(both.find("A"), nullptr);
	EXPECT_NE(both.find("B"), nullptr);
}

TEST(Merge, TheFirstDescribesWhatBothHave)
{
	const Map both = toml("[bar0.A]\noffset = 0\ndescription = \"first\"\n")
				 .merged_with(toml("[bar0.A]\noffset = 0\n"));

	EXPECT_EQ(both.registers().size(), 1);
	EXPECT_EQ(both.at("A").type->description, "first");
}

TEST(Merge, RefusesContradictions)
{
	const Map first = toml("[bar0.A]\noffset = 0\n");

	for (const char *second : {"[bar0.A]\noffset = 4\n", "[bar0.A]\noffset = 0\nwidth = 16\n"})
		EXPECT_THAT(map_error_of([&] { first.merged_with(toml(second)); }),
			    HasSubstr("contradict each other: bar0.A"));
}

TEST(Warnings, NameOverlapsThatNobodyMeant)
{
	EXPECT_THAT(toml("[bar0.A]\noffset = 0\nwidth = 64\n[bar0.B]\noffset = 4\n"
			 "[bar0.C]\noffset = 8\n")
			    .warnings(),
		    ElementsAre(HasSubstr("A (+0x0) overlaps B (+0x4)")));
	EXPECT_THAT(toml("[bar0.A]\noffset = 0\n[bar0.B]\noffset = 0\noverlaps = true\n"
			 "[bar1.A]\noffset = 0\n")
			    .warnings(),
		    IsEmpty());
}

TEST(Warnings, NameWhatCannotBeAccessed)
{
	EXPECT_THAT(toml("[bar0.A]\noffset = 2\n").warnings(),
		    ElementsAre(HasSubstr("not a multiple of its 4 bytes")));
	EXPECT_THAT(toml("[bar0.A]\noffset = 4\nwidth = 64\nword = 32\n").warnings(), IsEmpty());
}

TEST(Warnings, NameFieldsThatShareBits)
{
	EXPECT_THAT(toml("[bar0.A]\noffset = 0\nfields.X = \"3:0\"\nfields.Y = \"3\"\n").warnings(),
		    ElementsAre(HasSubstr("field Y shares bits")));
}

} // namespace
