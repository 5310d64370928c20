// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "fake_channel.hpp"

#include <pcipeek/pcipeek.hpp>

#include <gmock/gmock.h>

#include <cerrno>
#include <numeric>

namespace pcipeek {
namespace {

using test::FakeBoard;
using testing::Each;
using testing::ElementsAre;
using testing::IsEmpty;

class ABlock : public testing::Test {
protected:
	FakeBoard board{test::memory_board_identity()};
	Bar bar0 = board.device().bar(0);
};

TEST_F(ABlock, IsReadInOrderByOneCall)
{
	std::array<std::uint32_t, 3> values{};
	board.device().open();
	read<std::uint8_t>(bar0, 0);
	const unsigned before = board.calls();

	read_block<std::uint32_t>(bar0, 8, values);
	EXPECT_THAT(values, ElementsAre(0x0b0a0908, 0x0f0e0d0c, 0x13121110));
	EXPECT_EQ(board.calls() - before, 1u);
	EXPECT_THAT(board.accesses(), ElementsAre("read bar0+0x0 8", "read bar0+0x8 32",
						  "read bar0+0xc 32", "read bar0+0x10 32"));
}

TEST_F(ABlock, IsWrittenInOrder)
{
	const std::vector<std::uint64_t> values{0x1122334455667788, 2};

	write_block<std::uint64_t>(bar0, 0x10, values);
	EXPECT_THAT(board.accesses(), ElementsAre("write bar0+0x10 64 = 0x1122334455667788",
						  "write bar0+0x18 64 = 0x2"));
}

/* READ and WRITE cost less than a BLOCK. */
TEST_F(ABlock, OfOneElementIsASingleAccess)
{
	std::array<std::uint32_t, 1> value{};

	read_block<std::uint32_t>(bar0, 8, value);
	EXPECT_THAT(value, ElementsAre(0x0b0a0908));
	write_block<std::uint32_t>(bar0, 4, value);
	EXPECT_THAT(board.accesses(),
		    ElementsAre("read bar0+0x8 32", "write bar0+0x4 32 = 0xb0a0908"));
	EXPECT_THAT(board.block_counts, IsEmpty());
}

TEST_F(ABlock, OfNothingOpensNothing)
{
	read_block(bar0, 0x40, std::span<std::uint32_t>{});
	write_block(bar0, 0, std::span<const std::uint8_t>{});
	EXPECT_EQ(board.calls(), 0u);
}

TEST_F(ABlock, GoesOnAfterASignalAndRepeatsNothing)
{
	std::array<std::uint8_t, 6> values{};
	board.interruptions = {{2, EINTR}, {0, EINTR}, {3, EINTR}};

	read_block<std::uint8_t>(bar0, 0, values);
	EXPECT_THAT(values, ElementsAre(0, 1, 2, 3, 4, 5));
	EXPECT_EQ(board.accesses().size(), 6u);
}

TEST_F(ABlock, ThatFailsSaysWhere)
{
	std::array<std::uint16_t, 4> values{};
	board.interruptions = {{2, EIO}};
	try {
		read_block<std::uint16_t>(bar0, 0x10, values);
		FAIL();
	} catch (const Error &error) {
		EXPECT_EQ(error.code(), std::errc::io_error);
		EXPECT_EQ(error.offset(), 0x14u);
		EXPECT_THAT(error.what(), testing::StartsWith("cannot read 16 bits at bar0+0x14"));
	}
	EXPECT_EQ(values[0], 0x1110);
	EXPECT_EQ(values[1], 0x1312);
}

TEST_F(ABlock, StaysInOneGeneration)
{
	std::array<std::uint8_t, 4> values{};
	board.info.generation = 5;
	board.interruptions = {{1, EINTR}, {1, EINTR}};

	read_block<std::uint8_t>(bar0, 0, values);
	EXPECT_THAT(board.block_generations, ElementsAre(0, 5, 5));
}

TEST(ABlockOfMoreThan16MiB, IsReadInPieces)
{
	detail::Identity identity = test::memory_board_identity();
	identity.bars[0].region.size = (std::uint64_t{16} << 20) + 8;
	FakeBoard board{identity};
	std::vector<std::uint64_t> values((std::size_t{2} << 20) + 1);
	board.interruptions = {{0, EIO}};

	// No access is needed to see how much is asked for at once.
	EXPECT_THROW(read_block(board.device().bar(0), 0, std::span{values}), Error);
	EXPECT_THAT(board.block_counts, ElementsAre(std::uint64_t{2} << 20));
}

} // namespace
} // namespace pcipeek
