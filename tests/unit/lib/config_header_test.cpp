// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "config_image.hpp"

#include <pcipeek/pcipeek.hpp>

#include <gmock/gmock.h>

namespace pcipeek {
namespace {

using test::ConfigImage;
using test::FakeSysfs;
using testing::ElementsAre;

class AHeader : public testing::Test {
protected:
	void SetUp() override
	{
		sysfs.add(test::memory_board());
	}

	FakeSysfs sysfs;
};

TEST_F(AHeader, OfADeviceIsDecoded)
{
	const ConfigHeader header = ConfigImage{64}
					    .put(0x00, Width::w32, 0x0c8e1147)
					    .put(0x04, Width::w32, 0x02900507)
					    .put(0x08, Width::w32, 0x11800001)
					    .put(0x0c, Width::w32, 0x40804010)
					    .put(0x10, Width::w32, 0x90502000)
					    .put(0x14, Width::w32, 0x00002001)
					    .put(0x24, Width::w32, 0x0000000c)
					    .put(0x28, Width::w32, 0x12345678)
					    .put(0x2c, Width::w32, 0x20901147)
					    .put(0x30, Width::w32, 0x90600001)
					    .put(0x34, Width::w8, 0x53)
					    .put(0x3c, Width::w32, 0x0802010b)
					    .config(sysfs)
					    .header();

	EXPECT_EQ(header.vendor_id, 0x1147);
	EXPECT_EQ(header.device_id, 0x0c8e);
	EXPECT_EQ(header.command, 0x0507);
	EXPECT_EQ(header.status, 0x0290);
	EXPECT_EQ(header.revision_id, 0x01);
	EXPECT_EQ(header.class_code, 0x118000u);
	EXPECT_EQ(header.cache_line_size, 0x10);
	EXPECT_EQ(header.latency_timer, 0x40);
	EXPECT_EQ(header.header_type, 0);
	EXPECT_TRUE(header.multi_function);
	EXPECT_EQ(header.bist, 0x40);
	EXPECT_EQ(header.capabilities, 0x50);
	EXPECT_EQ(header.interrupt_line, 0x0b);
	EXPECT_EQ(header.interrupt_pin, 1);
	EXPECT_FALSE(header.bridge);
	ASSERT_TRUE(header.endpoint);
	EXPECT_THAT(header.endpoint->bars, ElementsAre(0x90502000, 0x2001, 0, 0, 0, 0xc));
	EXPECT_EQ(header.endpoint->cardbus_cis, 0x12345678u);
	EXPECT_EQ(header.endpoint->subsystem_vendor_id, 0x1147);
	EXPECT_EQ(header.endpoint->subsystem_id, 0x2090);
	EXPECT_EQ(header.endpoint->rom_address, 0x90600001u);
	EXPECT_EQ(header.endpoint->min_grant, 2);
	EXPECT_EQ(header.endpoint->max_latency, 8);
}

ConfigImage bridge_image()
{
	return ConfigImage{64}
		.put(0x0e, Width::w8, 0x01)
		.put(0x10, Width::w32, 0xfe000004)
		.put(0x14, Width::w32, 0x00000001)
		.put(0x18, Width::w32, 0x40030201)
		.put(0x1c, Width::w32, 0x20005040)
		.put(0x20, Width::w32, 0xfe70fe60)
		.put(0x24, Width::w32, 0x0ff00000)
		.put(0x38, Width::w32, 0xfe800001)
		.put(0x3e, Width::w16, 0x0003);
}

TEST_F(AHeader, OfABridgeHasItsBusesAndWindows)
{
	const ConfigHeader header = bridge_image().config(sysfs).header();

	EXPECT_FALSE(header.endpoint);
	ASSERT_TRUE(header.bridge);
	EXPECT_THAT(header.bridge->bars, ElementsAre(0xfe000004, 0x00000001));
	EXPECT_EQ(header.bridge->primary_bus, 1);
	EXPECT_EQ(header.bridge->secondary_bus, 2);
	EXPECT_EQ(header.bridge->subordinate_bus, 3);
	EXPECT_EQ(header.bridge->secondary_latency_timer, 0x40);
	EXPECT_EQ(header.bridge->secondary_status, 0x2000);
	EXPECT_EQ(header.bridge->io, (BridgeHeader::Range{0x4000, 0x5fff}));
	EXPECT_EQ(header.bridge->memory, (BridgeHeader::Range{0xfe600000, 0xfe7fffff}));
	EXPECT_EQ(header.bridge->prefetchable, (BridgeHeader::Range{0, 0x0fffffff}));
	EXPECT_EQ(header.bridge->rom_address, 0xfe800001u);
	EXPECT_EQ(header.bridge->bridge_control, 3);
}

TEST_F(AHeader, OfABridgeWithWideWindowsHasTheirUpperHalves)
{
	const ConfigHeader header = bridge_image()
					    .put(0x1c, Width::w16, 0x1101)
					    .put(0x24, Width::w32, 0x00110001)
					    .put(0x28, Width::w32, 0x8)
					    .put(0x2c, Width::w32, 0x9)
					    .put(0x30, Width::w32, 0x00020001)
					    .config(sysfs)
					    .header();

	EXPECT_EQ(header.bridge->io, (BridgeHeader::Range{0x10000, 0x21fff}));
	EXPECT_EQ(header.bridge->prefetchable, (BridgeHeader::Range{0x800000000, 0x9001fffff}));
}

// Only a register that says so has upper halves, whatever is in theirs.
TEST_F(AHeader, OfABridgeWithNarrowWindowsHasNoUpperHalves)
{
	const ConfigHeader header = bridge_image()
					    .put(0x28, Width::w32, 0x8)
					    .put(0x2c, Width::w32, 0x9)
					    .put(0x30, Width::w32, 0x00020001)
					    .config(sysfs)
					    .header();

	EXPECT_EQ(header.bridge->io, (BridgeHeader::Range{0x4000, 0x5fff}));
	EXPECT_EQ(header.bridge->prefetchable, (BridgeHeader::Range{0, 0x0fffffff}));
}

// The lower bits of a window's registers do not belong to its address.
TEST_F(AHeader, OfABridgeIgnoresTheBitsThatTellTheKindOfAWindow)
{
	const ConfigHeader header = bridge_image()
					    .put(0x1b, Width::w8, 0x41)
					    .put(0x1c, Width::w16, 0x5f4f)
					    .put(0x20, Width::w32, 0xfe7ffe6f)
					    .config(sysfs)
					    .header();

	EXPECT_EQ(header.bridge->io, (BridgeHeader::Range{0x4000, 0x5fff}));
	EXPECT_EQ(header.bridge->memory, (BridgeHeader::Range{0xfe600000, 0xfe7fffff}));
	EXPECT_EQ(header.bridge->secondary_latency_timer, 0x41);
}

TEST_F(AHeader, SaysWhetherTheDeviceHasMoreFunctions)
{
	for (const unsigned type : {0x00U, 0x01U, 0x3fU}) {
		const auto with_type = [&](unsigned value) {
			return ConfigImage{64}.put(0x0e, Width::w8, value).config(sysfs).header();
		};
		EXPECT_FALSE(with_type(type).multi_function) << type;
		EXPECT_TRUE(with_type(type | 0x80).multi_function) << type;
		EXPECT_EQ(with_type(type | 0x80).header_type, type);
	}
}

TEST_F(AHeader, OfABridgeTellsClosedWindows)
{
	const ConfigHeader header =
		bridge_image().put(0x20, Width::w32, 0x0000fff0).config(sysfs).header();

	EXPECT_TRUE(header.bridge->io.is_open());
	EXPECT_FALSE(header.bridge->memory.is_open());
}

TEST_F(AHeader, OfAnotherTypeHasItsCommonPart)
{
	const ConfigHeader header = ConfigImage{64}
					    .put(0x0e, Width::w8, 0x02)
					    .put(0x14, Width::w8, 0xa0)
					    .config(sysfs)
					    .header();

	EXPECT_EQ(header.header_type, 2);
	EXPECT_EQ(header.capabilities, 0xa0);
	EXPECT_FALSE(header.endpoint);
	EXPECT_FALSE(header.bridge);
}

} // namespace
} // namespace pcipeek
