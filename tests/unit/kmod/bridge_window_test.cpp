// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
//
// The windows of a bridge, from their registers: PCI-to-PCI Bridge Architecture
// Specification 1.2, sections 3.2.5.6 to 3.2.5.14.

#include <gtest/gtest.h>

#include <cstdint>

extern "C" {
#include "bridge_window.h"
}

bool operator==(const pcipeek_range &a, const pcipeek_range &b)
{
	return a.first == b.first && a.last == b.last;
}

namespace {

using Range = pcipeek_range;

/* Base below, limit above, as a dword of configuration space has them. */
std::uint32_t registers(std::uint16_t base, std::uint16_t limit)
{
	return base | std::uint32_t{limit} << 16;
}

TEST(TheMemoryWindow, IsInStepsOfOneMiBAndEndsWithItsLimit)
{
	EXPECT_EQ((Range{0xfe800000, 0xfe8fffff}),
		  pcipeek_memory_window(registers(0xfe80, 0xfe80)));
	EXPECT_EQ((Range{0, 0xffffffff}), pcipeek_memory_window(registers(0, 0xfff0)));
}

TEST(TheMemoryWindow, IsNoneIfItEndsBeforeItBegins)
{
	const Range window = pcipeek_memory_window(registers(0xfff0, 0));
	EXPECT_GT(window.first, window.last);
	EXPECT_FALSE(pcipeek_range_contains(window, {0x100000, 0x100fff}));
}

TEST(ThePrefetchableWindow, LeavesTheLowBitsThatTellItsSize)
{
	EXPECT_EQ((Range{0xe0000000, 0xe01fffff}),
		  pcipeek_prefetchable_window(registers(0xe000, 0xe010), 0, 0));
	EXPECT_EQ((Range{0x8000000000, 0x80000fffff}),
		  pcipeek_prefetchable_window(registers(0x0001, 0x0001), 0x80, 0x80));
	EXPECT_TRUE(pcipeek_prefetchable_is_64_bit(registers(0x0001, 0x0001)));
	EXPECT_FALSE(pcipeek_prefetchable_is_64_bit(registers(0xe000, 0xe010)));
}

TEST(TheIoWindow, IsInStepsOfFourKiBOrOne)
{
	EXPECT_EQ((Range{0xc000, 0xcfff}), pcipeek_io_window(0xc0c0, 0, false));
	EXPECT_EQ((Range{0xc000, 0xdfff}), pcipeek_io_window(0xd1c1, 0, false));
	EXPECT_EQ((Range{0xc400, 0xc7ff}), pcipeek_io_window(0xc4c4, 0, true));
	EXPECT_EQ((Range{0xc400, 0xc7ff}), pcipeek_io_window(0xc5c5, 0, true));
	EXPECT_EQ((Range{0xc000, 0xcfff}), pcipeek_io_window(0xc4c4, 0, false));
}

TEST(TheIoWindow, HasUpperHalvesOf32Bits)
{
	EXPECT_TRUE(pcipeek_io_is_32_bit(0xc1c1));
	EXPECT_FALSE(pcipeek_io_is_32_bit(0xc0c0));
	EXPECT_EQ((Range{0x1c000, 0x2cfff}), pcipeek_io_window(0xc1c1, 0x00020001, false));
}

TEST(TheIoWindow, IsNoneIfItEndsBeforeItBegins)
{
	const Range window = pcipeek_io_window(0x00f0, 0, false);
	EXPECT_GT(window.first, window.last);
}

/* One register of a window, whose other bits say what kind it is, or count errors. */
TEST(ARegisterOfAWindow, HoldsWhatTheKernelPutThere)
{
	const Range memory{0xfe800000, 0xfe9fffff};
	EXPECT_TRUE(pcipeek_window_register_holds(PCI_MEMORY_BASE, 0xfe90fe80, memory, false));
	EXPECT_TRUE(pcipeek_window_register_holds(PCI_MEMORY_BASE, 0xfe9ffe8f, memory, false));
	EXPECT_FALSE(pcipeek_window_register_holds(PCI_MEMORY_BASE, 0xfe80fe80, memory, false));
	EXPECT_FALSE(pcipeek_window_register_holds(PCI_MEMORY_BASE, 0xfe90fe90, memory, false));
	EXPECT_FALSE(pcipeek_window_register_holds(PCI_MEMORY_BASE, ~0U, memory, false));

	const Range far{0x8000000000, 0x81001fffff};
	EXPECT_TRUE(pcipeek_window_register_holds(PCI_PREF_MEMORY_BASE, 0x00110001, far, false));
	EXPECT_FALSE(pcipeek_window_register_holds(PCI_PREF_MEMORY_BASE, 0x00010001, far, false));
	EXPECT_TRUE(pcipeek_window_register_holds(PCI_PREF_BASE_UPPER32, 0x80, far, false));
	EXPECT_FALSE(pcipeek_window_register_holds(PCI_PREF_BASE_UPPER32, 0x81, far, false));
	EXPECT_TRUE(pcipeek_window_register_holds(PCI_PREF_LIMIT_UPPER32, 0x81, far, false));
	EXPECT_FALSE(pcipeek_window_register_holds(PCI_PREF_LIMIT_UPPER32, 0x80, far, false));
}

TEST(ARegisterOfAnIoWindow, HoldsWhatTheKernelPutThere)
{
	const Range ports{0x1c400, 0x2d7ff};
	EXPECT_TRUE(pcipeek_window_register_holds(PCI_IO_BASE, 0xd5c5, ports, true));
	EXPECT_TRUE(pcipeek_window_register_holds(PCI_IO_BASE, 0x2000d5c5, ports, true));
	EXPECT_FALSE(pcipeek_window_register_holds(PCI_IO_BASE, 0xd5c1, ports, true));
	EXPECT_TRUE(pcipeek_window_register_holds(PCI_IO_BASE, 0xd1c1, ports, false));
	EXPECT_FALSE(pcipeek_window_register_holds(PCI_IO_BASE, 0xc1c1, ports, false));
	EXPECT_FALSE(pcipeek_window_register_holds(PCI_IO_BASE, 0xd1d1, ports, false));
	EXPECT_TRUE(pcipeek_window_register_holds(PCI_IO_BASE_UPPER16, 0x00020001, ports, false));
	EXPECT_FALSE(pcipeek_window_register_holds(PCI_IO_BASE_UPPER16, 0x00020000, ports, false));
	EXPECT_FALSE(pcipeek_window_register_holds(PCI_IO_BASE_UPPER16, 0x00010001, ports, false));
	EXPECT_TRUE(pcipeek_window_register_holds(PCI_IO_BASE_UPPER16, 0x00030002,
						  {0x2c400, 0x3d7ff}, false));
}

TEST(ARange, ContainsWhatIsWhollyInside)
{
	const Range outer{0x1000, 0x1fff};
	EXPECT_TRUE(pcipeek_range_contains(outer, {0x1000, 0x1fff}));
	EXPECT_TRUE(pcipeek_range_contains(outer, {0x1800, 0x1800}));
	EXPECT_FALSE(pcipeek_range_contains(outer, {0x0fff, 0x1fff}));
	EXPECT_FALSE(pcipeek_range_contains(outer, {0x1000, 0x2000}));
}

} // namespace
