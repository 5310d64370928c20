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

class AFifo : public testing::Test {
protected:
	FakeBoard board{test::memory_board_identity()};
	Bar bar2 = board.device().bar(2);
};

TEST_F(AFifo, IsReadFromOneAddress)
{
	std::array<std::uint16_t, 3> values{};
	board.on_read = [this] {
		board.bars[2][4]++;
	};

	read_fifo<std::uint16_t>(bar2, 4, values);
	EXPECT_THAT(values, ElementsAre(0x0505, 0x0506, 0x0507));
	EXPECT_THAT(board.accesses(),
		    ElementsAre("read bar2+0x4 16", "read bar2+0x4 16", "read bar2+0x4 16"));
	EXPECT_THAT(board.block_counts, ElementsAre(3));
}

TEST_F(AFifo, IsWrittenAtOneAddress)
{
	const std::vector<std::uint32_t> values{1, 0x80000000};

	write_fifo<std::uint32_t>(bar2, 8, values);
	EXPECT_THAT(board.accesses(),
		    ElementsAre("write bar2+0x8 32 = 0x1", "write bar2+0x8 32 = 0x80000000"));
}

TEST_F(AFifo, MayGiveMoreThanItsBarIsLong)
{
	std::vector<std::uint64_t> values(100);
	read_fifo<std::uint64_t>(bar2, 0x18, values);
	EXPECT_EQ(board.accesses().size(), 100u);
	EXPECT_EQ(values.back(), 0x1f1e1d1c1b1a1918u);
}

TEST_F(AFifo, MayGiveOneElement)
{
	std::array<std::uint16_t, 1> value{};

	read_fifo<std::uint16_t>(bar2, 4, value);
	write_fifo<std::uint16_t>(bar2, 6, value);
	EXPECT_THAT(board.accesses(), ElementsAre("read bar2+0x4 16", "write bar2+0x6 16 = 0x504"));
}

TEST_F(AFifo, OfNothingOpensNothing)
{
	read_fifo(bar2, 4, std::span<std::uint16_t>{});
	write_fifo(bar2, 4, std::span<const std::uint16_t>{});
	EXPECT_EQ(board.calls(), 0u);
}

TEST_F(AFifo, OutsideTheBarIsRefused)
{
	std::array<std::uint32_t, 1> values{};
	EXPECT_THROW(read_fifo<std::uint32_t>(bar2, 0x20, values), BadAccessError);
	EXPECT_THROW(write_fifo<std::uint32_t>(bar2, 0x1e, values), BadAccessError);
	EXPECT_EQ(board.calls(), 0u);
}

TEST_F(AFifo, GoesOnAfterASignalAndLosesNothing)
{
	std::array<std::uint8_t, 5> values{};
	board.interruptions = {{2, EINTR}, {0, EINTR}};
	board.on_read = [this] {
		board.bars[2][0]++;
	};

	read_fifo<std::uint8_t>(bar2, 0, values);
	EXPECT_THAT(values, ElementsAre(1, 2, 3, 4, 5));
}

TEST_F(AFifo, ThatFailsSaysHowManyWereDone)
{
	std::array<std::uint8_t, 8> values{};
	board.interruptions = {{3, EINTR}, {2, EAGAIN}};
	try {
		read_fifo<std::uint8_t>(bar2, 7, values);
		FAIL();
	} catch (const FifoError &error) {
		EXPECT_EQ(error.done(), 5u);
		EXPECT_EQ(error.cause(), Cause::reset);
		EXPECT_EQ(error.offset(), 7u);
		EXPECT_THAT(error.what(), testing::EndsWith("try again (5 of 8 done)"));
	}
	EXPECT_THAT(values, ElementsAre(7, 7, 7, 7, 7, 0, 0, 0));
}

class Filling : public AFifo {};

TEST_F(Filling, WritesTheValueUpwards)
{
	fill(bar2, 0x1a, std::uint16_t{0xabcd}, 3);
	EXPECT_THAT(board.accesses(),
		    ElementsAre("write bar2+0x1a 16 = 0xabcd", "write bar2+0x1c 16 = 0xabcd",
				"write bar2+0x1e 16 = 0xabcd"));
	EXPECT_THAT(board.block_counts, ElementsAre(3));
}

TEST_F(Filling, OfNothingOpensNothing)
{
	fill(bar2, 0x20, std::uint8_t{1}, 0);
	EXPECT_EQ(board.calls(), 0u);
}

TEST_F(Filling, OutsideTheBarWritesNothing)
{
	EXPECT_THROW(fill(bar2, 0x18, std::uint32_t{1}, 3), BadAccessError);
	EXPECT_THROW(fill<std::uint64_t>(bar2, 0x18, 1, ~std::uint64_t{0} / 8 + 2), BadAccessError);
	EXPECT_EQ(board.calls(), 0u);
}

TEST_F(Filling, OfMuchIsDoneInPiecesOfOneGeneration)
{
	detail::Identity identity = test::memory_board_identity();
	identity.bars[0].region.size = 0x18000;
	FakeBoard large{identity};

	fill<std::uint64_t>(large.device().bar(0), 0, 0x0102030405060708, 0x3000);
	EXPECT_THAT(large.block_counts, ElementsAre(0x2000, 0x1000));
	EXPECT_THAT(large.block_generations, ElementsAre(0, 1));
	EXPECT_EQ(large.bars[0].back(), 1);
	EXPECT_EQ(large.accesses().size(), 0x3000u);
}

TEST_F(Filling, ThatFailsSaysWhere)
{
	board.interruptions = {{2, EIO}};
	try {
		fill(bar2, 8, std::uint32_t{1}, 4);
		FAIL();
	} catch (const Error &error) {
		EXPECT_EQ(error.offset(), 0x10u);
	}
}

} // namespace
} // namespace pcipeek
