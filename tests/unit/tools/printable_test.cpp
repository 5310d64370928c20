// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "output/printable.hpp"

#include <gtest/gtest.h>

namespace pcipeek::tools {
namespace {

using namespace std::string_view_literals;

TEST(PrintableText, IsAsciiAndUtf8WithNewlinesAndTabs)
{
	for (const std::string_view text : {""sv, "bar0\t0x12\n ~"sv, "Interface® Corp"sv,
					    "\u00a0\u07ff\u0800\uffff\U0010ffff"sv})
		EXPECT_EQ(printable(text), text);
	EXPECT_TRUE(is_plain("bar0\t0x12\n ~"));
	EXPECT_FALSE(is_plain("®"));
}

TEST(PrintableText, HasNothingThatATerminalObeys)
{
	EXPECT_EQ(printable("\x1b[31m\a\r\b\0\x7f\v"sv), "?[31m??????");
	EXPECT_EQ(printable("a\u009b31mb"), "a??31mb") << "the short form of ESC [";
	for (const std::string_view text : {"\x1b"sv, "\r"sv, "\0"sv, "\x7f"sv, "\x80"sv})
		EXPECT_FALSE(is_plain(text));
}

TEST(PrintableText, IsValidUtf8)
{
	EXPECT_EQ(printable("\xf8"), "?") << "no first byte";
	EXPECT_EQ(printable("\x80z"), "?z") << "no first byte, either";
	EXPECT_EQ(printable("\xc2"), "?") << "cut off";
	EXPECT_EQ(printable("\xe2\x82z"), "??z") << "cut off by another character";
	EXPECT_EQ(printable("\xc0\x8a"), "??") << "a newline, too long";
	EXPECT_EQ(printable("\xe0\x9f\xbf"), "???") << "too long";
	EXPECT_EQ(printable("\xf0\x8f\xbf\xbf"), "????") << "too long";
	EXPECT_EQ(printable("\xed\xa0\x80"), "???") << "half of a pair";
	EXPECT_EQ(printable("\xf4\x90\x80\x80"), "????") << "beyond the last character";
}

} // namespace
} // namespace pcipeek::tools
