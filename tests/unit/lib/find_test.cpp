// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include <pcipeek/pcipeek.hpp>
#include <pcipeek/testing.hpp>

#include <gtest/gtest.h>

namespace pcipeek {
namespace {

using testing::FakeBoard;

// What find() throws: its cause and its text.
std::pair<Cause, std::string> refusal(std::string_view text)
{
	try {
		(void)find(text);
	} catch (const Error &error) {
		return {error.cause(), error.what()};
	}
	return {Cause::other, "it was found"};
}

class Finding : public ::testing::Test {
protected:
	FakeBoard first{
		{.address = {.bus = 5, .device = 13}, .vendor_id = 0x1147, .device_id = 0x0c8e}};
	FakeBoard second{
		{.address = {.bus = 6, .device = 1}, .vendor_id = 0x1147, .device_id = 0x0c8e}};
	FakeBoard other{{.address = {.bus = 7}, .vendor_id = 0x1234, .device_id = 0x11e8}};
};

TEST_F(Finding, TakesAnAddress)
{
	EXPECT_EQ(find("06:01.0").address(), second.device().address());
	EXPECT_EQ(find("0000:06:01.0").address(), second.device().address());
}

TEST_F(Finding, TakesIdsOfWhichThereIsOneDevice)
{
	EXPECT_EQ(find("1234:11E8").address(), other.device().address());
}

TEST_F(Finding, CountsDevicesWithTheSameIds)
{
	EXPECT_EQ(find("1147:0c8e@0").address(), first.device().address());
	EXPECT_EQ(find("1147:0c8e@1").address(), second.device().address());
}

TEST_F(Finding, ChecksTheIdsAtAnAddress)
{
	EXPECT_EQ(find("1147:0c8e@06:01.0").address(), second.device().address());
	EXPECT_EQ(refusal("1147:0c8e@07:00.0"),
		  (std::pair{Cause::gone, std::string("cannot find 1147:0c8e@07:00.0: the device "
						      "there is 1234:11e8; 'pcipeek ls' lists the "
						      "devices")}));
}

TEST_F(Finding, NeverChoosesAmongSeveral)
{
	EXPECT_EQ(refusal("1147:0c8e"),
		  (std::pair{Cause::invalid,
			     std::string("'1147:0c8e' matches 2 devices; choose one: @0 "
					 "(0000:05:0d.0), @1 (0000:06:01.0)")}));
}

TEST_F(Finding, SaysThatThereIsNone)
{
	EXPECT_EQ(refusal("1147:0c8f"),
		  (std::pair{Cause::gone, std::string("cannot find 1147:0c8f: there is no such "
						      "device; 'pcipeek ls' lists the devices")}));
	EXPECT_EQ(refusal("1147:0c8e@2"),
		  (std::pair{Cause::gone, std::string("cannot find 1147:0c8e@2: 2 found, counted "
						      "from @0; 'pcipeek ls' lists the devices")}));
}

TEST_F(Finding, QuotesWhatItDoesNotUnderstand)
{
	EXPECT_EQ(refusal("1147:0c8e@01"),
		  (std::pair{Cause::invalid,
			     std::string("'1147:0c8e@01', column 11: '01' is not a decimal number; "
					 "the devices with these ids are counted from @0")}));
}

} // namespace
} // namespace pcipeek
