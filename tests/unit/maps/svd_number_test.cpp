// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "svd_number.hpp"

#include <gtest/gtest.h>

using namespace pcipeek::map::svd;

namespace {

TEST(SvdNumber, IsDecimalHexadecimalOrBinary)
{
	EXPECT_EQ(number("0"), 0);
	EXPECT_EQ(number("010"), 10);
	EXPECT_EQ(number("+12"), 12);
	EXPECT_EQ(number("0x1aF"), 0x1af);
	EXPECT_EQ(number("0XFFFFFFFFFFFFFFFF"), ~std::uint64_t{0});
	EXPECT_EQ(number("#101"), 5);
	EXPECT_EQ(number("0b101"), 5);
}

TEST(SvdNumber, MayHaveAPowerOf1024)
{
	EXPECT_EQ(number("2k"), 2048);
	EXPECT_EQ(number("0x10K"), 0x4000);
	EXPECT_EQ(number("1M"), 1 << 20);
	EXPECT_EQ(number("4g"), std::uint64_t{4} << 30);
	EXPECT_EQ(number("1T"), std::uint64_t{1} << 40);
}

TEST(SvdNumber, IsNothingElse)
{
	for (const char *const text :
	     {"", "x", "0x", "#", "#2", "12a", "-1", "1 2", "1.5", "0x1g2", "k", "+", "1kk",
	      "18446744073709551616", "0x10000000000000000", "16777216T", "#x"})
		EXPECT_FALSE(number(text)) << text;
}

TEST(SvdNumber, OfAValueMayHaveBitsThatDoNotMatter)
{
	const auto value = masked_number("#1xX0");

	ASSERT_TRUE(value);
	EXPECT_EQ(value->value, 0b1000);
	EXPECT_EQ(value->mask & 0xf, 0b1001);
	EXPECT_EQ(value->mask >> 4, ~std::uint64_t{0} >> 4);
	EXPECT_EQ(masked_number("0x1f")->value, 0x1f);
	EXPECT_EQ(masked_number("0x1f")->mask, ~std::uint64_t{0});
	EXPECT_EQ(masked_number("0b1x")->value, 2);
	EXPECT_FALSE(masked_number("1x"));
	EXPECT_FALSE(masked_number("#12x"));
}

} // namespace
