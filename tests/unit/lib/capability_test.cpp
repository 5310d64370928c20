// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "config_image.hpp"
#include "refusal.hpp"

#include <pcipeek/pcipeek.hpp>

#include <gmock/gmock.h>

#include <random>

namespace pcipeek {
namespace {

using test::ConfigImage;
using test::FakeSysfs;
using test::refusal_of;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class Capabilities : public testing::Test {
protected:
	void SetUp() override
	{
		sysfs.add(test::memory_board());
	}

	Config of(const ConfigImage &image)
	{
		return image.config(sysfs);
	}

	FakeSysfs sysfs;
};

// Power management, two vendor-specific ones, and MSI-X as the last in the list.
ConfigImage usual_list(std::size_t size = 256)
{
	return ConfigImage{size}
		.capability(0x50, 0x01, 0x44)
		.capability(0x44, 0x09, 0x80)
		.capability(0x80, 0x09, 0xfc)
		.capability(0xfc, 0x11, 0x00);
}

TEST_F(Capabilities, AreListedInTheOrderOfTheDevice)
{
	EXPECT_THAT(of(usual_list()).capabilities(),
		    ElementsAre(Capability{.id = 0x01, .offset = 0x50},
				Capability{.id = 0x09, .offset = 0x44},
				Capability{.id = 0x09, .offset = 0x80},
				Capability{.id = 0x11, .offset = 0xfc}));
}

TEST_F(Capabilities, AreFollowedByTheExtendedOnes)
{
	const Config config = of(ConfigImage{4096}
					 .capability(0x40, 0x10, 0)
					 .extended(0x100, 0x0001, 2, 0x148)
					 .extended(0x148, 0x0023, 1, 0));

	EXPECT_THAT(
		config.capabilities(),
		ElementsAre(
			Capability{.id = 0x10, .offset = 0x40},
			Capability{.id = 1, .version = 2, .offset = 0x100, .extended = true},
			Capability{.id = 0x23, .version = 1, .offset = 0x148, .extended = true}));
}

TEST_F(Capabilities, OfADeviceThatSaysItHasNoneAreNone)
{
	// The pointer alone means nothing.
	EXPECT_THAT(of(ConfigImage{}.put(0x34, Width::w8, 0x40)).capabilities(), IsEmpty());
	EXPECT_THAT(of(ConfigImage{4096}).capabilities(), IsEmpty());
	EXPECT_THAT(of(ConfigImage{4096}.put(0x100, Width::w32, 0xffffffff)).capabilities(),
		    IsEmpty());
}

TEST_F(Capabilities, AreFoundByIdAndNumber)
{
	const Config config = of(usual_list());

	EXPECT_EQ(config.find(0x11)->offset, 0xfc);
	EXPECT_EQ(config.find(0x09)->offset, 0x44);
	EXPECT_EQ(config.find(0x09, 1)->offset, 0x80);
	EXPECT_EQ(config.find(0x09, 2), std::nullopt);
	EXPECT_EQ(config.find_extended(0x01), std::nullopt);
}

TEST_F(Capabilities, IgnoreTheReservedBitsOfPointers)
{
	const Config config =
		of(usual_list().put(0x34, Width::w8, 0x53).put(0x51, Width::w8, 0x46));

	EXPECT_EQ(config.capabilities().size(), 4u);
}

TEST_F(Capabilities, OfCardBusBridgesBeginAtAnotherPointer)
{
	const Config config = of(ConfigImage{}
					 .put(0x06, Width::w16, 0x10)
					 .put(0x0e, Width::w8, 0x82)
					 .put(0x14, Width::w8, 0xa0)
					 .put(0xa0, Width::w16, 0x0001));

	EXPECT_THAT(config.capabilities(), ElementsAre(Capability{.id = 0x01, .offset = 0xa0}));
}

TEST_F(Capabilities, ThatLeadBackAreAnErrorThatShowsTheWay)
{
	const Config config = of(usual_list().capability(0xfc, 0x11, 0x44));

	const Error error = refusal_of([&] { config.capabilities(); });
	EXPECT_EQ(error.code().value(), EIO);
	EXPECT_STREQ(error.what(), "cannot list the capabilities of 0000:05:0d.0: its list "
				   "loops back on itself: 0x50, 0x44, 0x80, 0xfc, 0x44");
}

TEST_F(Capabilities, ThatLeadIntoTheHeaderAreAnError)
{
	EXPECT_THAT(refusal_of([&] {
			    of(usual_list().capability(0xfc, 0x11, 0x3c)).capabilities();
		    }).what(),
		    HasSubstr("points to where no capability can be: 0x50, 0x44, 0x80, 0xfc, "
			      "0x3c"));
	EXPECT_THAT(refusal_of([&] {
			    of(ConfigImage{4096}.extended(0x100, 1, 1, 0x40)).capabilities();
		    }).what(),
		    HasSubstr("0x100, 0x40"));
}

TEST_F(Capabilities, ThatLeadToNothingAreAnError)
{
	EXPECT_THAT(refusal_of([&] {
			    of(usual_list().capability(0xfc, 0xff, 0xff)).capabilities();
		    }).what(),
		    HasSubstr("nothing answers"));
}

TEST_F(Capabilities, ThatAreExtendedAndLeadToNothingAreAnError)
{
	const Config config = of(ConfigImage{4096}
					 .extended(0x100, 0x0001, 1, 0x148)
					 .put(0x148, Width::w32, 0xffffffff));

	const Error error = refusal_of([&] { config.capabilities(); });
	EXPECT_EQ(error.code().value(), EIO);
	EXPECT_THAT(error.what(), HasSubstr("points to where nothing answers: 0x100, 0x148"));
}

// An entry that is all zeros ends a list only where it is the first.
TEST_F(Capabilities, ThatAreExtendedMayHaveAnEntryOfZeros)
{
	const Config config = of(ConfigImage{4096}.extended(0x100, 0x0001, 1, 0x148));

	EXPECT_THAT(
		config.capabilities(),
		ElementsAre(Capability{.id = 1, .version = 1, .offset = 0x100, .extended = true},
			    Capability{.offset = 0x148, .extended = true}));
}

TEST_F(Capabilities, ThatAreExtendedAndComeBeforeABreakAreFound)
{
	const Config config = of(ConfigImage{4096}
					 .extended(0x100, 0x0001, 1, 0x148)
					 .extended(0x148, 0x0023, 1, 0x100));

	EXPECT_EQ(config.find_extended(0x23)->offset, 0x148);
	EXPECT_EQ(refusal_of([&] { config.find_extended(0x24); }).code().value(), EIO);
}

TEST_F(Capabilities, ThatComeBeforeABreakAreFound)
{
	const Config config = of(usual_list().capability(0x80, 0x09, 0x80));

	EXPECT_EQ(config.find(0x09, 1)->offset, 0x80);
	EXPECT_EQ(refusal_of([&] { config.find(0x11); }).code().value(), EIO);
}

TEST_F(Capabilities, LinkedAtRandomNeverHangAWalk)
{
	std::mt19937 random{1147};
	for (int round = 0; round < 50; round++) {
		ConfigImage image{4096};
		for (std::size_t offset = 0x10; offset < 4096; offset += 4)
			image.put(offset, Width::w32, random());
		image.put(0x06, Width::w16, 0x10);
		try {
			EXPECT_LE(of(image).capabilities().size(), 48u + 960u);
		} catch (const Error &error) {
			EXPECT_EQ(error.code().value(), EIO) << error.what();
		}
	}
}

TEST_F(Capabilities, AreLocatedByTheirNames)
{
	const Config config = of(usual_list());

	EXPECT_EQ(config.locate(*find_config_register("CAP_MSIX")), 0xfcu);
	EXPECT_EQ(config.locate(*find_config_register("CAP09"), 1), 0x80u);
	EXPECT_EQ(config.locate(*find_config_register("BASE_ADDRESS_2")), 0x18u);
}

TEST_F(Capabilities, ThatTheDeviceLacksAreNotLocated)
{
	const Config config = of(usual_list());

	const Error error = refusal_of([&] { config.locate(*find_config_register("CAP_EXP")); });
	EXPECT_EQ(error.code().value(), ENOENT);
	EXPECT_EQ(error.cause(), Cause::absent);
	EXPECT_STREQ(error.what(),
		     "cannot find CAP_EXP in the configuration space of 0000:05:0d.0: "
		     "the device does not have it");
	EXPECT_THAT(refusal_of([&] { config.locate(*find_config_register("ECAP0023")); }).what(),
		    HasSubstr("ECAP0023"));
	EXPECT_THAT(refusal_of([&] { config.locate(*find_config_register("CAP_PM"), 1); }).what(),
		    HasSubstr("does not have that many"));
}

TEST_F(Capabilities, AndRegistersOfAnotherHeaderTypeAreNotLocated)
{
	const ConfigRegister bus = *find_config_register("SECONDARY_BUS");

	EXPECT_STREQ(refusal_of([&] { of(ConfigImage{}).locate(bus); }).what(),
		     "cannot find SECONDARY_BUS in the configuration space of 0000:05:0d.0: a "
		     "header of type 0 does not have it");
	EXPECT_EQ(of(ConfigImage{}.put(0x0e, Width::w8, 0x81)).locate(bus), 0x19u);
	EXPECT_EQ(refusal_of([&] {
			  of(ConfigImage{}.put(0x0e, Width::w8, 0x05)).locate(bus);
		  }).cause(),
		  Cause::absent);
}

} // namespace
} // namespace pcipeek
