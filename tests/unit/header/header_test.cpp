// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "errors.hpp"
#include "header/names.hpp"
#include "header/text.hpp"

#include <gmock/gmock.h>

namespace pcipeek::tools {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::string header_of(const std::string &toml)
{
	const Map map = Map::parse("name = \"a board\"\n" + toml, MapFormat::toml, "board.toml");
	return header::header_text(map, "board", "origin");
}

std::string refusal(const std::string &toml)
{
	try {
		(void)header_of(toml);
	} catch (const MapError &error) {
		return error.what();
	}
	return "nothing was refused";
}

TEST(AHeader, IsTheSameEachTime)
{
	const std::string map = "[bar0.A]\noffset = 0\nfields.X = \"0\"\n[bar1.B]\noffset = 4\n";

	EXPECT_EQ(header_of(map), header_of(map));
	EXPECT_THAT(header_of(map), HasSubstr("// origin\n#pragma once\n"));
}

TEST(AHeader, HasArraysWhereTheMapHasThem)
{
	const auto text = header_of("[bar0.PORT]\noffset = 0x100\ncount = 32\nstride = 0x80\n"
				    "[bar0.PORT.registers.CLB]\noffset = 4\n"
				    "[bar0.\"CH%s_CTL\"]\noffset = 0\ncount = 4\nfirst = 1\n");

	EXPECT_THAT(text, HasSubstr("Array<struct PORT, 32, 0x80> PORT{pcipeek::typed::Place{.bar "
				    "= 0, .offset = 0x104}}"));
	EXPECT_THAT(text, HasSubstr("Array<struct CH_CTL, 4, 0x4, 1> CH_CTL{"));
}

TEST(AHeader, RenamesKeywordsAndNamesOfTheLibrary)
{
	const auto text = header_of("[bar0.class]\noffset = 0\nfields.class = \"0\"\n"
				    "fields.of = \"1\"\n");

	EXPECT_THAT(text, HasSubstr("struct class_ class_{"));
	EXPECT_THAT(text, HasSubstr("> class__{*this}"));
	EXPECT_THAT(text, HasSubstr("> of_{*this}"));
}

TEST(AHeader, RenamesWhatIsAMacroOfTheCLibrary)
{
	EXPECT_THAT(header_of("[bar0.SIZE_MAX]\noffset = 0\n"), HasSubstr("struct SIZE_MAX_"));
}

TEST(AHeader, RefusesNamesThatBecomeTheSame)
{
	EXPECT_EQ(refusal("[bar0.class]\noffset = 0\n[bar0.class_]\noffset = 4\n"),
		  "'class' and 'class_' would both be 'class_' in C++; rename one of them in the "
		  "map");
}

TEST(AHeader, SaysWhatItDoesNotHave)
{
	const auto text = header_of("[bar0.A]\noffset = 0\n[bar0.ODD]\noffset = 4\nwidth = 24\n"
				    "[config.LNK]\noffset = 0x40\n");

	EXPECT_THAT(text, HasSubstr("// ODD is not here: no bus access has its width.\n"));
	EXPECT_THAT(text, HasSubstr("// LNK is not here: it is in configuration space"));
	EXPECT_THAT(text, Not(HasSubstr("struct ODD")));
	EXPECT_THAT(refusal("[config.LNK]\noffset = 0x40\n"), HasSubstr("none of its 1 registers"));
}

TEST(AHeader, KeepsDescriptionsInsideTheirComments)
{
	const auto text = header_of("[bar0.A]\noffset = 0\ndescription = \"\"\"a */ b\n c\"\"\"\n"
				    "source = \"section 5\"\n");

	EXPECT_THAT(text, HasSubstr("/** a * / b c (section 5) */\n"));
}

TEST(AHeader, KnowsWhatAnUpdateMustNotTouch)
{
	const auto text = header_of("[bar0.A]\noffset = 0\nfields.E = { bits = \"7:4\", access = "
				    "\"rw1c\" }\nfields.Z = { bits = \"8\", write = "
				    "\"zero-to-clear\" }\n");

	EXPECT_THAT(text, HasSubstr(".written_as_zero = 0xf0, .written_as_one = 0x100}"));
}

TEST(ANamespace, ComesFromTheNameOfTheMap)
{
	EXPECT_EQ(header::namespace_for("QEMU edu (rev. 1)"), "qemu_edu_rev_1");
	EXPECT_THROW(header::namespace_for("16550"), UsageError);
}

TEST(ANamespace, IsRefusedIfItIsNoName)
{
	EXPECT_NO_THROW(header::check_namespace("boards::edu"));
	EXPECT_THROW(header::check_namespace("class"), UsageError);
	EXPECT_THROW(header::check_namespace("a::"), UsageError);
	EXPECT_THROW(header::check_namespace("a b"), UsageError);
}

} // namespace
} // namespace pcipeek::tools
