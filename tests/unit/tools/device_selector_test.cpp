// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "grammar/device_selector.hpp"
#include "refusal.hpp"

namespace pcipeek::tools {
namespace {

TEST(ADevice, WithADotIsAnAddress)
{
	const auto spec = parse_device("05:0d.1");

	EXPECT_EQ(spec.address, (Address{0, 0x05, 0x0d, 1}));
	EXPECT_FALSE(spec.ids);
	EXPECT_EQ(parse_device("10000:e1:00.0").address, (Address{0x10000, 0xe1, 0, 0}));
}

TEST(ADevice, WithoutADotIsAPairOfIds)
{
	const auto spec = parse_device("1147:0C8e");

	ASSERT_TRUE(spec.ids);
	EXPECT_EQ(spec.ids->vendor, 0x1147);
	EXPECT_EQ(spec.ids->device, 0x0c8e);
	EXPECT_FALSE(spec.address);
	EXPECT_FALSE(spec.index);
}

TEST(ADevice, MayBeTheNthOfItsIds)
{
	EXPECT_EQ(parse_device("1147:0c8e@0").index, 0u);
	EXPECT_EQ(parse_device("1147:0c8e@12").index, 12u);
}

TEST(ADevice, MayAssertItsIdsAtAnAddress)
{
	const auto spec = parse_device("1147:0c8e@0000:05:0d.0");

	ASSERT_TRUE(spec.ids);
	EXPECT_EQ(spec.address, (Address{0, 0x05, 0x0d, 0}));
	EXPECT_FALSE(spec.index);
}

class ARefusedDevice : public testing::TestWithParam<Refusal> {};

TEST_P(ARefusedDevice, SaysWhere)
{
	EXPECT_EQ(complaint_about(GetParam().text, parse_device), GetParam().complaint);
}

const std::string id_wanted =
	"an id is four hexadecimal digits, without 0x; an address has a dot, as in 05:0d.0";
const std::string address_wanted =
	"is not an address; write [domain:]bus:device.function in hexadecimal, such as "
	"0000:05:0d.0";

INSTANTIATE_TEST_SUITE_P(
	Device, ARefusedDevice,
	testing::Values(
		Refusal{"Empty", "", "'', column 1: " + id_wanted},
		Refusal{"ShortId", "147:0c8e", "'147:0c8e', column 1: " + id_wanted},
		Refusal{"LongId", "1147:00c8e", "'1147:00c8e', column 6: " + id_wanted},
		Refusal{"PrefixedId", "0x1147:0x0c8e", "'0x1147:0x0c8e', column 1: " + id_wanted},
		Refusal{"OneId", "1147",
			"'1147', column 5: ':' is missing; a device is "
			"[domain:]bus:device.function or vvvv:dddd[@BDF|@N]"},
		Refusal{"FunctionTooLarge", "05:0d.8",
			"'05:0d.8', column 1: '05:0d.8' " + address_wanted},
		Refusal{"DeviceTooLarge", "05:20.0",
			"'05:20.0', column 1: '05:20.0' " + address_wanted},
		Refusal{"NthWithoutNumber", "1147:0c8e@",
			"'1147:0c8e@', column 11: a number is missing here"},
		Refusal{"AddressWithoutFunction", "1147:0c8e@05:0d",
			"'1147:0c8e@05:0d', column 11: '05:0d' " + address_wanted},
		Refusal{"SomethingBehind", "1147:0c8e+1",
			"'1147:0c8e+1', column 10: '+1' is not understood here; write vvvv:dddd, "
			"vvvv:dddd@BDF or vvvv:dddd@N"}),
	claim_of);

} // namespace
} // namespace pcipeek::tools
