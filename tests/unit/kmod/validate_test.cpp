// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
//
// The module's checks. Each test has one thing wrong.

#include <gtest/gtest.h>

#include <cerrno>
#include <cstdint>
#include <utility>
#include <vector>

extern "C" {
#include "validate.h"
}

namespace {

constexpr std::uint64_t all = PCIPEEK_RIGHT_ALL_BARS | PCIPEEK_RIGHT_WRITE;

/* BAR 0: 4 KiB of memory; BAR 1: 256 ports; BAR 4: 64 bits long, as far as 2^63. */
pcipeek_limits limits()
{
	pcipeek_limits made{};
	made.bar[0] = {4096, 8};
	made.bar[1] = {256, 4};
	made.bar[4] = {1ULL << 63, 8};
	return made;
}

int check(pcipeek_access access, std::uint64_t needed = 0, std::uint64_t rights = all)
{
	const pcipeek_limits bars = limits();
	return pcipeek_check_access(&access, needed, rights, &bars);
}

pcipeek_access at(std::uint8_t bar, std::uint64_t offset, std::uint8_t width,
		  std::uint64_t value = 0)
{
	pcipeek_access made{};
	made.bar = bar;
	made.offset = offset;
	made.width = width;
	made.value = value;
	return made;
}

TEST(ModuleChecksAnAccess, TakesEveryAlignedPlaceOfTheBarAtEachWidth)
{
	for (const std::uint8_t width : {1, 2, 4, 8})
		for (std::uint64_t offset = 0; offset < 4096; offset += width)
			ASSERT_EQ(0, check(at(0, offset, width)));
}

TEST(ModuleChecksAnAccess, RefusesEveryOtherWidth)
{
	for (int width = 0; width < 256; width++) {
		if (width == 1 || width == 2 || width == 4 || width == 8)
			continue;
		ASSERT_EQ(-EINVAL, check(at(0, 0, static_cast<std::uint8_t>(width)))) << width;
	}
}

TEST(ModuleChecksAnAccess, RefusesWhatTheBarCannotDo)
{
	EXPECT_EQ(-EOPNOTSUPP, check(at(1, 0, 8)));
}

TEST(ModuleChecksAnAccess, RefusesEveryWidthThatIsWiderThanTheBars)
{
	for (const int widest : {1, 2, 4, 8}) {
		for (const int width : {1, 2, 4, 8}) {
			pcipeek_access access = at(0, 0, static_cast<std::uint8_t>(width));
			pcipeek_limits bars{};
			bars.bar[0] = {4096, static_cast<std::uint8_t>(widest)};
			EXPECT_EQ(width <= widest ? 0 : -EOPNOTSUPP,
				  pcipeek_check_access(&access, 0, all, &bars))
				<< width << " of " << widest;
		}
	}
}

TEST(ModuleChecksAnAccess, RefusesEveryBarThatIsNotThere)
{
	for (int bar = 0; bar < 256; bar++) {
		if (bar == 0 || bar == 1 || bar == 4)
			continue;
		for (const std::uint8_t width : {1, 2, 4, 8})
			ASSERT_EQ(-ENXIO, check(at(static_cast<std::uint8_t>(bar), 0, width)))
				<< bar;
	}
}

TEST(ModuleChecksAnAccess, RefusesWhatIsNotInsideTheBar)
{
	EXPECT_EQ(-ERANGE, check(at(0, 4096, 1)));
	EXPECT_EQ(-ERANGE, check(at(0, 4095, 2)));
	EXPECT_EQ(-ERANGE, check(at(0, ~0ULL, 1)));
	EXPECT_EQ(-ERANGE, check(at(0, ~7ULL, 8)));
	EXPECT_EQ(0, check(at(4, (1ULL << 63) - 8, 8)));
	EXPECT_EQ(-ERANGE, check(at(4, 1ULL << 63, 8)));
}

TEST(ModuleChecksAnAccess, RefusesAMisalignedOffset)
{
	for (const std::uint8_t width : {2, 4, 8})
		for (std::uint64_t offset = 1; offset < width; offset++)
			EXPECT_EQ(-EINVAL, check(at(0, offset, width)));
}

TEST(ModuleChecksAnAccess, RefusesAValueThatDoesNotFitOnlyWhenItWrites)
{
	EXPECT_EQ(-EINVAL, check(at(0, 0, 1, 0x100), PCIPEEK_RIGHT_WRITE));
	EXPECT_EQ(-EINVAL, check(at(0, 0, 4, 1ULL << 32), PCIPEEK_RIGHT_WRITE));
	EXPECT_EQ(0, check(at(0, 0, 8, ~0ULL), PCIPEEK_RIGHT_WRITE));
	EXPECT_EQ(0, check(at(0, 0, 1, ~0ULL)));
}

TEST(ModuleChecksAnAccess, AsksForItsRights)
{
	EXPECT_EQ(-EACCES, check(at(0, 0, 4), 0, PCIPEEK_RIGHT_BAR(1)));
	EXPECT_EQ(-EACCES, check(at(0, 0, 4), PCIPEEK_RIGHT_WRITE, PCIPEEK_RIGHT_ALL_BARS));
	EXPECT_EQ(-EACCES, check(at(9, 0, 4), PCIPEEK_RIGHT_WRITE, 0)) << "before the BAR";
	EXPECT_EQ(-ENXIO, check(at(9, 0, 4), 0, 0)) << "there is no right to BAR 9";
}

TEST(ModuleChecksAnAccess, InTheOrderOfTheContract)
{
	EXPECT_EQ(-EINVAL, check(
				   [] {
					   auto a = at(9, 1, 3);
					   a.flags = 1;
					   return a;
				   }(),
				   0, 0));
	EXPECT_EQ(-ENXIO, check(at(5, ~0ULL, 3)));
	EXPECT_EQ(-EINVAL, check(at(0, ~0ULL, 3)));
	EXPECT_EQ(-ERANGE, check(at(0, 4097, 2)));
}

int check_block(std::uint64_t offset, std::uint64_t count, std::uint8_t width,
		std::uint32_t flags = 0, std::uint8_t bar = 0, std::uint64_t rights = all)
{
	pcipeek_block block{};
	block.bar = bar;
	block.width = width;
	block.offset = offset;
	block.count = count;
	block.flags = flags;
	const pcipeek_limits bars = limits();
	return pcipeek_check_block(&block, rights, &bars);
}

TEST(ModuleChecksABlock, RefusesEveryBarThatIsNotThere)
{
	for (int bar = 0; bar < 256; bar++) {
		if (bar == 0 || bar == 1 || bar == 4)
			continue;
		for (const std::uint64_t rights : {all, std::uint64_t{0}})
			ASSERT_EQ(bar < 6 && !rights ? -EACCES : -ENXIO,
				  check_block(0, 1, 4, 0, static_cast<std::uint8_t>(bar), rights))
				<< bar;
	}
}

TEST(ModuleChecksABlock, AsksForTheRightToItsBarAlone)
{
	EXPECT_EQ(0, check_block(0, 1, 4, 0, 1, PCIPEEK_RIGHT_BAR(1)));
	EXPECT_EQ(-EACCES, check_block(0, 1, 4, 0, 1, all & ~PCIPEEK_RIGHT_BAR(1)));
}

TEST(ModuleChecksABlock, RefusesWhatTheBarCannotDo)
{
	EXPECT_EQ(0, check_block(0, 1, 4, 0, 1));
	EXPECT_EQ(-EOPNOTSUPP, check_block(0, 1, 8, 0, 1));
}

TEST(ModuleChecksABlock, TakesAsManyBytesAsTheContractSays)
{
	for (const std::uint8_t width : {1, 2, 4, 8}) {
		EXPECT_EQ(0, check_block(0, PCIPEEK_BLOCK_MAX_BYTES / width, width, 0, 4));
		EXPECT_EQ(-E2BIG, check_block(0, PCIPEEK_BLOCK_MAX_BYTES / width + 1, width, 0, 4));
	}
}

TEST(ModuleChecksABlock, TakesItUpToTheEndOfTheBar)
{
	EXPECT_EQ(0, check_block(0, 1024, 4));
	EXPECT_EQ(0, check_block(4096, 0, 4));
	EXPECT_EQ(-ERANGE, check_block(0, 1025, 4));
	EXPECT_EQ(-ERANGE, check_block(4, 1024, 4));
	EXPECT_EQ(-ERANGE, check_block(4097, 0, 1));
}

TEST(ModuleChecksABlock, RefusesCountsThatWouldWrap)
{
	for (const std::uint64_t count :
	     {1ULL << 32, 1ULL << 61, 1ULL << 62, 1ULL << 63, ~0ULL, 0x4000000000000001ULL})
		for (const std::uint8_t width : {1, 2, 4, 8})
			EXPECT_EQ(-E2BIG, check_block(0, count, width)) << count;
	EXPECT_EQ(-E2BIG, check_block(0, PCIPEEK_BLOCK_MAX_BYTES / 8 + 1, 8));
}

TEST(ModuleChecksABlock, OfAFixedPlaceNeedsOnlyThatPlace)
{
	EXPECT_EQ(0, check_block(4092, 100000, 4, PCIPEEK_BLOCK_FIXED));
	EXPECT_EQ(-ERANGE, check_block(4096, 1, 4, PCIPEEK_BLOCK_FIXED));
	EXPECT_EQ(0, check_block(4096, 0, 4, PCIPEEK_BLOCK_FIXED));
}

TEST(ModuleChecksABlock, RefusesUnknownFlags)
{
	for (unsigned bit = 2; bit < 32; bit++)
		EXPECT_EQ(-EINVAL, check_block(0, 1, 4, 1U << bit));
}

int check_attach(std::uint32_t flags, std::uint64_t rights)
{
	pcipeek_attach attach{};
	attach.flags = flags;
	attach.rights = rights;
	return pcipeek_check_attach(&attach);
}

TEST(ModuleChecksAnAttach, KnowsWhichRightsAndFlagsGoTogether)
{
	EXPECT_EQ(0, check_attach(0, 0));
	EXPECT_EQ(0, check_attach(PCIPEEK_ATTACH_EXCLUSIVE, all | PCIPEEK_RIGHT_MMAP));
	EXPECT_EQ(0, check_attach(PCIPEEK_ATTACH_FOREIGN, all));
	EXPECT_EQ(-EINVAL, check_attach(PCIPEEK_ATTACH_EXCLUSIVE, PCIPEEK_RIGHT_ALL_BARS));
	EXPECT_EQ(-EINVAL, check_attach(PCIPEEK_ATTACH_EXCLUSIVE | PCIPEEK_ATTACH_FOREIGN, all));
	EXPECT_EQ(-EINVAL, check_attach(PCIPEEK_ATTACH_FOREIGN, PCIPEEK_RIGHT_MMAP));
	EXPECT_EQ(0, check_attach(PCIPEEK_ATTACH_BUS_MASTER, all | PCIPEEK_RIGHT_MMAP));
	EXPECT_EQ(0, check_attach(PCIPEEK_ATTACH_BUS_MASTER | PCIPEEK_ATTACH_EXCLUSIVE, all));
	EXPECT_EQ(-EINVAL, check_attach(PCIPEEK_ATTACH_BUS_MASTER, PCIPEEK_RIGHT_ALL_BARS));
	EXPECT_EQ(-EINVAL, check_attach(PCIPEEK_ATTACH_BUS_MASTER | PCIPEEK_ATTACH_FOREIGN, all));
}

TEST(ModuleChecksAnAttach, RefusesEveryUnknownBit)
{
	for (unsigned bit = 3; bit < 32; bit++)
		EXPECT_EQ(-EINVAL, check_attach(1U << bit, all));
	for (unsigned bit = 6; bit < 64; bit++)
		EXPECT_EQ(bit == 8 || bit == 9 ? 0 : -EINVAL, check_attach(0, 1ULL << bit)) << bit;
}

TEST(ModuleChecksARestriction, ThatItIsLessThanWhatIsHeld)
{
	pcipeek_restrict less{};
	for (const auto &[rights, error] :
	     std::vector<std::pair<std::uint64_t, int>>{{0, 0},
							{PCIPEEK_RIGHT_BAR(0), 0},
							{all, 0},
							{all | PCIPEEK_RIGHT_MMAP, -EACCES},
							{1ULL << 6, -EINVAL}}) {
		less.rights = rights;
		EXPECT_EQ(error, pcipeek_check_restrict(&less, all));
	}
}

} // namespace
