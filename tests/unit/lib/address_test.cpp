// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include <pcipeek/address.hpp>

#include <gtest/gtest.h>

namespace pcipeek {
namespace {

TEST(AnAddress, IsReadInTheNotationOfLspci)
{
	const Address expected{.domain = 0, .bus = 0x05, .device = 0x0d, .function = 0};

	EXPECT_EQ(Address::parse("05:0d.0"), expected);
	EXPECT_EQ(Address::parse("0000:05:0d.0"), expected);
	EXPECT_EQ(Address::parse("0000:05:0D.0"), expected);
	EXPECT_EQ(Address::parse("5:d.0"), expected);
}

TEST(AnAddress, MayHaveADomainOfMoreThanFourDigits)
{
	const Address vmd{.domain = 0x10000, .bus = 0xe1, .device = 0x1f, .function = 7};

	EXPECT_EQ(Address::parse("10000:e1:1f.7"), vmd);
	EXPECT_EQ(to_string(vmd), "10000:e1:1f.7");
	EXPECT_EQ(Address::parse("ffffffff:00:00.0")->domain, 0xffffffff);
}

TEST(AnAddress, IsWrittenAsTheKernelWritesIt)
{
	EXPECT_EQ(to_string({.bus = 0x05, .device = 0x0d, .function = 1}), "0000:05:0d.1");
}

TEST(AnAddress, SortsByDomainThenBusThenDeviceThenFunction)
{
	EXPECT_LT((Address{.bus = 0xff}), (Address{.domain = 1}));
	EXPECT_LT((Address{.device = 31}), (Address{.bus = 1}));
	EXPECT_LT((Address{.function = 7}), (Address{.device = 1}));
}

class AMalformedAddress : public testing::TestWithParam<const char *> {};

TEST_P(AMalformedAddress, IsRefused)
{
	EXPECT_EQ(Address::parse(GetParam()), std::nullopt);
}

INSTANTIATE_TEST_SUITE_P(, AMalformedAddress,
			 testing::Values("", "05", "05:0d", "05:0d.", ":05:0d.0", "05:0d.0 ",
					 " 05:0d.0", "05:0d.00", "05:0d.8", "05:20.0", "105:0d.0",
					 "0x05:0d.0", "123456789:05:0d.0", "-1:0d.0", "05:+d.0",
					 "0:0:05:0d.0", "05.0d.0", "05:0d:0", "05:0d.0\n", ":0d.0",
					 "05:.0", "005:0d.0", "05:00d.0", "050d.0", "05:0d0",
					 "000000000:05:0d.0"));

} // namespace
} // namespace pcipeek
