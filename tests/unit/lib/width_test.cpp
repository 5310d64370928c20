// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include <pcipeek/pcipeek.hpp>

#include <gtest/gtest.h>

namespace pcipeek {
namespace {

template <class Value>
concept Writable = requires(const Bar &bar, Value value)
{
	write(bar, 0, value);
};

template <class Value, class Argument>
concept WritableByName = requires(const Bar &bar, Argument value)
{
	write<Value>(bar, 0, value);
};

template <class Value>
concept Readable = requires(const Bar &bar)
{
	read<Value>(bar, 0);
};

// What is refused, and how: refused_code_test.sh.
TEST(TheWidthOfAWrite, IsDeducedFromExactTypes)
{
	EXPECT_TRUE(Writable<std::uint8_t>);
	EXPECT_TRUE(Writable<std::uint16_t>);
	EXPECT_TRUE(Writable<std::uint32_t>);
}

TEST(TheWidthOfAWrite, CanBeNamed)
{
	EXPECT_TRUE((WritableByName<std::uint64_t, std::uint64_t>));
	EXPECT_TRUE((WritableByName<std::uint64_t, int>));
	EXPECT_TRUE((WritableByName<std::uint8_t, int>));
}

TEST(TheWidthOfARead, IsAnUnsignedType)
{
	EXPECT_TRUE(Readable<std::uint8_t>);
	EXPECT_TRUE(Readable<std::uint64_t>);
}

TEST(AWidth, CountsBytesAndBits)
{
	EXPECT_EQ(bytes(Width::w16), 2u);
	EXPECT_EQ(bits(Width::w64), 64u);
	EXPECT_EQ(width_of<std::uint32_t>, Width::w32);
}

} // namespace
} // namespace pcipeek
