// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "grammar/scanner.hpp"

#include <gtest/gtest.h>

#include <string>

namespace pcipeek::tools {
namespace {

/* Whatever the locale says. */
TEST(AWord, IsOfTheLettersAndDigitsOfAscii)
{
	EXPECT_EQ(Scanner("abcxyzABCXYZ0189").take_word(), "abcxyzABCXYZ0189");
	for (int code = 0; code < 256; code++) {
		const auto c = static_cast<char>(code);
		const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
		const bool digit = c >= '0' && c <= '9';
		EXPECT_EQ(Scanner(std::string(1, c)).take_word().size(), letter || digit) << code;
	}
}

TEST(AName, MayHaveUnderscoresInIt)
{
	Scanner in("CAP_EXP+4");
	EXPECT_EQ(in.take_name(), "CAP_EXP");
	EXPECT_EQ(in.rest(), "+4");
	EXPECT_EQ(Scanner("CAP_EXP").take_word(), "CAP");
}

} // namespace
} // namespace pcipeek::tools
