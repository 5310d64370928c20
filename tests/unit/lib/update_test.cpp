// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "fake_channel.hpp"

#include <pcipeek/pcipeek.hpp>

#include <gmock/gmock.h>

#include <cerrno>

namespace pcipeek {
namespace {

using test::FakeBoard;
using testing::ElementsAre;
using testing::IsEmpty;

class AnUpdate : public testing::Test {
protected:
	FakeBoard board{test::memory_board_identity()};
	Device device = board.device();
	Bar bar0 = device.bar(0);
};

TEST_F(AnUpdate, ChangesTheBitsOfTheMaskByOneReadAndOneWrite)
{
	EXPECT_EQ(update(bar0, 0x10, {.value = 0x5, .mask = 0xf}), 0x13121110u);
	EXPECT_THAT(board.accesses(),
		    ElementsAre("read bar0+0x10 32", "write bar0+0x10 32 = 0x13121115"));
	EXPECT_EQ(board.batches.size(), 1u);
}

TEST_F(AnUpdate, WithoutAMaskChangesAllBits)
{
	EXPECT_EQ(update(bar0, 0x10, {.value = 0xa5}, Width::w8), 0x10u);
	EXPECT_EQ(update(bar0, 0x18, {.value = 1}, Width::w64), 0x1f1e1d1c1b1a1918u);
	EXPECT_THAT(board.accesses(), ElementsAre("read bar0+0x10 8", "write bar0+0x10 8 = 0xa5",
						  "read bar0+0x18 64", "write bar0+0x18 64 = 0x1"));
}

TEST_F(AnUpdate, IgnoresBitsOutsideTheMask)
{
	update(bar0, 0, {.value = 0xff5, .mask = 0xf}, Width::w8);
	EXPECT_THAT(board.accesses(), ElementsAre("read bar0+0x0 8", "write bar0+0x0 8 = 0x5"));
}

TEST_F(AnUpdate, ThatDoesNotFitTheWidthIsRefused)
{
	for (const Masked &masked : {Masked{.value = 0, .mask = 0x1ff}, Masked{.value = 0x100}}) {
		try {
			update(bar0, 0x10, masked, Width::w8);
			FAIL();
		} catch (const Error &error) {
			EXPECT_EQ(error.cause(), Cause::invalid);
			EXPECT_THAT(error.what(),
				    testing::StartsWith("cannot update 8 bits at bar0+0x10 of"));
		}
	}
	EXPECT_EQ(board.calls(), 0u);
}

TEST_F(AnUpdate, OfADeviceThatWasOpenedForReadingIsRefused)
{
	device.open();
	try {
		update(bar0, 0, {.value = 1});
		FAIL();
	} catch (const Error &error) {
		EXPECT_EQ(error.cause(), Cause::no_right);
	}
	EXPECT_THAT(board.accesses(), IsEmpty());
}

class ACounter : public testing::Test {
protected:
	// The registers at 0 (low) and 4 (high).
	void set(std::uint64_t value)
	{
		for (std::size_t i = 0; i < 8; i++)
			board.bars[0].at(i) = static_cast<std::uint8_t>(value >> 8 * i);
	}

	FakeBoard board{test::memory_board_identity()};
	Bar bar0 = board.device().bar(0);
};

TEST_F(ACounter, IsReadHighLowHigh)
{
	set(0x123456789abcdef0);
	EXPECT_EQ(read_counter64(bar0, 0, 4), 0x123456789abcdef0u);
	EXPECT_THAT(board.accesses(),
		    ElementsAre("read bar0+0x4 32", "read bar0+0x0 32", "read bar0+0x4 32"));
}

TEST_F(ACounter, ThatOverflowsInBetweenIsReadOnceMore)
{
	set(0x1ffffffff);
	board.on_read = [this, reads = 0]() mutable {
		if (++reads == 2)
			set(0x200000000);
	};
	EXPECT_EQ(read_counter64(bar0, 0, 4), 0x200000000u);
	EXPECT_EQ(board.accesses().size(), 5u);
}

TEST_F(ACounter, WhoseUpperHalfNeverStandsStillIsAnError)
{
	board.on_read = [this, reads = std::uint64_t{0}]() mutable {
		set(++reads << 32);
	};
	try {
		read_counter64(bar0, 0, 4);
		FAIL();
	} catch (const Error &error) {
		EXPECT_EQ(error.code(), std::errc::io_error);
	}
}

TEST_F(ACounter, OutsideTheBarIsNotReadAtAll)
{
	EXPECT_THROW(read_counter64(bar0, 0x40, 4), BadAccessError);
	EXPECT_THROW(read_counter64(bar0, 0, 0x40), BadAccessError);
	EXPECT_EQ(board.calls(), 0u);
}

} // namespace
} // namespace pcipeek
