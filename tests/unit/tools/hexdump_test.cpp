// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "output/hexdump.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace pcipeek::tools {
namespace {

std::vector<std::byte> bytes(std::initializer_list<unsigned> values)
{
	std::vector<std::byte> bytes;

	for (const unsigned value : values)
		bytes.push_back(static_cast<std::byte>(value));
	return bytes;
}

TEST(AHexdump, ShowsSixteenBytesOnALineAndTheirCharacters)
{
	Hexdump hexdump(0);

	EXPECT_EQ(hexdump.add(bytes({0x00, 0x20, 0x41, 0x7e, 0x7f, 0xff, 6, 7, 8, 9, 10, 11, 12, 13,
				     14, 15})),
		  "00000000  00 20 41 7e 7f ff 06 07  08 09 0a 0b 0c 0d 0e 0f  "
		  "|. A~............|\n");
	EXPECT_EQ(hexdump.end(), "00000010\n");
}

TEST(AHexdump, PadsAShortLine)
{
	Hexdump hexdump(0x20);

	EXPECT_EQ(hexdump.add(bytes({0x41, 0x42})),
		  "00000020  41 42                                             |AB|\n");
	EXPECT_EQ(hexdump.end(), "00000022\n");
}

TEST(AHexdump, FoldsLinesThatRepeatTheOneBefore)
{
	Hexdump hexdump(0);
	std::string text = hexdump.add(std::vector<std::byte>(64));

	text += hexdump.add(bytes({1}));
	text += hexdump.end();
	EXPECT_EQ(text, "00000000  00 00 00 00 00 00 00 00  00 00 00 00 00 00 00 00  "
			"|................|\n"
			"*\n"
			"00000040  01                                                |.|\n"
			"00000041\n");
}

TEST(AHexdump, FoldsAcrossPieces)
{
	Hexdump hexdump(0);

	hexdump.add(std::vector<std::byte>(16));
	EXPECT_EQ(hexdump.add(std::vector<std::byte>(16)), "*\n");
	EXPECT_EQ(hexdump.add(std::vector<std::byte>(32)), "");
}

TEST(AHexdump, ShowsAShortLineThatRepeatsTheBeginningOfTheOneBefore)
{
	Hexdump hexdump(0);

	hexdump.add(std::vector<std::byte>(16));
	EXPECT_NE(hexdump.add(std::vector<std::byte>(8)), "*\n");
}

TEST(AHexdump, WidensForOffsetsAbove32Bits)
{
	Hexdump hexdump(0x1'0000'0000);

	EXPECT_EQ(hexdump.add(bytes({1})).substr(0, 12), "100000000  0");
}

} // namespace
} // namespace pcipeek::tools
