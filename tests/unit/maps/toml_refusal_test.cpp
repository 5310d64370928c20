// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "map_text.hpp"

#include <gmock/gmock.h>

using namespace pcipeek;
using namespace pcipeek::test;
using testing::Not;
using testing::HasSubstr;
using testing::StartsWith;

namespace {

struct Wrong {
	const char *text;
	const char *line;
	const char *complaint;
};

class TomlRefuses : public testing::TestWithParam<Wrong> {};

// The first line of the text is the second of the file.
TEST_P(TomlRefuses, WithOneLineThatNamesTheFileAndTheLine)
{
	const std::string error = map_error_of([] { toml(GetParam().text); });

	EXPECT_THAT(error, StartsWith(std::string{"board.toml:"} + GetParam().line));
	EXPECT_THAT(error, HasSubstr(GetParam().complaint));
	EXPECT_THAT(error, Not(HasSubstr("\n")));
}

constexpr Wrong wrongs[] = {
	{"[bar0.A", "2: ", "end-of-file"},
	{"source = t\nx = 1", "2: ", "boolean"},
	{"source = 8\"\xc9\xad\"", "2: ", "a character beyond ASCII"},
	{"color = 1", "2: ", "unknown key 'color'"},
	{"widht = 8", "2: ", "did you mean 'width'?"},
	{"bar6.A = { offset = 0 }", "2: ", "unknown key 'bar6'"},
	{"match = 7", "2: ", "'match' has to be a string or a list of strings"},
	{"match = [7]", "2: ", "'match' has to be a list of strings"},
	{"bar0 = 5", "2: ", "'bar0' has to be a table"},
	{"[bar0]\nA = 5", "3: ", "a register is a table"},
	{"[bar0.A]\nwidth = 8", "2: ", "register A: 'offset' is missing"},
	{"[bar0.A]\noffset = -1", "3: ", "'offset' has to be a number, 0 or more"},
	{"[bar0.A]\noffset = \"4\"", "3: ", "'offset' has to be a number"},
	{"[bar0.A]\noffset = 0\nwidth = 0", "4: ", "at least one bit"},
	{"[bar0.A]\noffset = 0\nwidth = 2000", "4: ", "at most 1024"},
	{"[bar0.A]\noffset = 0\nword = 24", "4: ", "not a whole number of words"},
	{"[bar0.A]\noffset = 0\norder = \"middle\"", "4: ", "use one of low-first, high-first"},
	{"[bar0.A]\noffset = 0\naccess = \"w\"", "4: ", "'w' is not a value of 'access'"},
	{"[bar0.A]\noffset = 0\nreset = 0x100000000", "4: ", "does not fit 32 bits"},
	{"[bar0.A]\noffset = 0\nvolatile = 1", "4: ", "true or false"},
	{"[bar0.A]\noffset = 0\ndescription = 1", "4: ", "string in quotes"},
	{"[bar0.A]\noffset = 0\nlike = \"B\"", "4: ", "there is no register B beside it"},
	{"[bar0.A]\noffset = 0\nlike = \"A\"", "4: ", "circle"},
	{"[bar0.A]\noffset = 0\ncount = 0", "4: ", "an array of 0 elements"},
	{"[bar0.A]\noffset = 0\ncount = 3\nindex = [\"X\"]",
	 "5: ", "'count' is 3, but 'index' has 1"},
	{"[bar0.A]\noffset = 0\ncount = 250001", "4: ", "at most 250000"},
	{"[bar0.A]\noffset = 8\ncount = 3\nstride = 0x7fffffffffffffff", "3: ", "beyond 64 bits"},
	{"[bar0.A]\noffset = 0\nfields.X = \"32\"", "4: ", "but the register has 32"},
	{"[bar0.A]\noffset = 0\nfields.X = \"64\"", "4: ", "bits of 0 to 63"},
	{"[bar0.A]\noffset = 0\nfields.X = \"0:3\"", "4: ", "HIGH:LOW"},
	{"[bar0.A]\noffset = 0\nfields.X = {}", "4: ", "'bits' is missing"},
	{"[bar0.A]\noffset = 0\nfields.X = { bits = \"\" }", "4: ", "'' are not bits"},
	{"[bar0.A]\noffset = 0\nfields.X = { bits = \"1\", values = \"V\" }", "4: ", "[values.V]"},
	{"[bar0.A]\noffset = 0\nfields.X = { bits = \"1\", values = { a = 2 } }",
	 "4: ", "does not fit 1 bit"},
	{"[bar0.A]\noffset = 0\nfields.X = { bits = \"1\", values = { \"a b\" = 1 } }",
	 "4: ", "not a name for a value"},
	{"[bar0.A]\noffset = 0\nfields.X = { bits = \"60\", count = 9 }", "4: ", "beyond bit 63"},
	{"[bar0.\"a-b\"]\noffset = 0", "2: ", "'a-b' is not a name"},
	{"[bar0.A]\nregisters.B = { offset = 0 }\ncount = 2", "2: ", "needs a 'stride'"},
	{"[bar0.A]\ncapability = 1\nregisters.B = { offset = 0 }", "3: ", "for blocks in config"},
	{"[config.A]\nvirtio = 1\nregisters.B = { offset = 0 }", "3: ", "for blocks in a BAR"},
	{"[config.A]\ncapability = 1\nextended_capability = 2\nregisters.B = { offset = 0 }",
	 "4: ", "both say where it is"},
	{"[config.A]\ncapability = 1\ncount = 2\nregisters.B = { offset = 0 }",
	 "4: ", "is not an array"},
	{"[config.A]\nheader = 2\nregisters.B = { offset = 0 }", "3: ", "at most 1"},
	{"[config.A.registers.B]\ncapability = 1\nregisters.C = { offset = 0 }",
	 "3: ", "directly in a region"},
	{"match = [1\xc8\x9a\x38]", "2: ", "a character beyond ASCII"},
	{"description = \"\"\"\n\xc8\x9a\"\"\"", "3: ", "a character beyond ASCII"},
	{"description = \"\\\"\" \xc8\x9a", "2: ", "a character beyond ASCII"},
	{"origin = 4\nplace.X = \"bar0\"", "3: ", "'place' is for the blocks of an 'include'"},
};

INSTANTIATE_TEST_SUITE_P(All, TomlRefuses, testing::ValuesIn(wrongs));

TEST(TomlRefusesToo, AMapWithoutAName)
{
	EXPECT_EQ(map_error_of([] { Map::parse("", MapFormat::toml, "x.toml"); }).substr(0, 7),
		  "x.toml:");
}

TEST(TomlRefusesToo, NamesThatAreTaken)
{
	EXPECT_THAT(map_error_of([] {
			    toml("[bar0.A0]\noffset = 0\n[bar0.A]\noffset = 8\ncount = 2\n");
		    }),
		    HasSubstr("register A0 is in bar0 twice"));
	EXPECT_THAT(map_error_of([] { toml("[bar0.rom]\noffset = 0\n"); }),
		    HasSubstr("rom is the name of a region"));
	EXPECT_THAT(map_error_of([] {
			    toml("[bar0.A]\noffset = 0\nfields.X1 = \"0\"\n"
				 "fields.X = { bits = \"1\", count = 2 }\n");
		    }),
		    HasSubstr("two fields are called X1"));
}

TEST(TomlRefusesToo, TooManyRegistersInAllArraysTogether)
{
	EXPECT_THAT(map_error_of([] {
			    toml("[bar0.B]\ncount = 2000\nstride = 4000\n"
				 "[bar0.B.registers.R]\noffset = 0\ncount = 1000\n");
		    }),
		    HasSubstr("more than 250000 registers"));
}

TEST(TomlRefusesToo, BlocksInBlocksInBlocks)
{
	std::string path = "bar0.A";
	for (int i = 0; i < 20; i++)
		path += ".registers.A";

	EXPECT_THAT(map_error_of([&] { toml("[" + path + "]\noffset = 0\n"); }),
		    HasSubstr("nested more than 16 deep"));
}

// Whatever is missing at the end: a map, or one line. Never anything else.
TEST(TomlRefusesToo, AFileThatWasCutOffAnywhere)
{
	const std::string whole =
		"[bar0.A]\noffset = 0x10\nfields.X = { bits = \"3:0\", values = { a "
		"= 1 } }\n[bar0.B]\noffset = 0x20\nregisters.C = { offset = 0 }\n";
	for (std::size_t size = 0; size < whole.size(); size++) {
		try {
			toml(whole.substr(0, size));
		} catch (const MapError &error) {
			EXPECT_THAT(error.what(), Not(HasSubstr("\n")));
		}
	}
}

} // namespace
