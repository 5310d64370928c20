// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "fake_channel.hpp"

#include "format.hpp"

#include <pcipeek/pcipeek.hpp>

#include <gmock/gmock.h>

namespace pcipeek {
namespace {

using test::FakeBoard;
using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::byte> ascending(std::uint64_t first, std::size_t size)
{
	std::vector<std::byte> bytes;
	for (std::size_t i = 0; i < size; i++)
		bytes.push_back(static_cast<std::byte>(first + i));
	return bytes;
}

class AByteString : public testing::Test {
protected:
	FakeBoard board{test::memory_board_identity()};
	Bar bar2 = board.device().bar(2);
};

TEST_F(AByteString, IsReadByTheWidestAlignedAccessesOf32BitsAtMost)
{
	EXPECT_EQ(read(bar2, 1, 11), ascending(1, 11));
	EXPECT_THAT(board.accesses(), ElementsAre("read bar2+0x1 8", "read bar2+0x2 16",
						  "read bar2+0x4 32", "read bar2+0x8 32"));
}

TEST_F(AByteString, EndsWithNarrowAccessesWhereNoMoreIsAskedFor)
{
	EXPECT_EQ(read(bar2, 4, 7), ascending(4, 7));
	EXPECT_THAT(board.accesses(),
		    ElementsAre("read bar2+0x4 32", "read bar2+0x8 16", "read bar2+0xa 8"));
}

TEST_F(AByteString, OfOneRegisterIsOneAccess)
{
	for (const std::size_t size : {1U, 2U, 4U}) {
		FakeBoard fresh{test::memory_board_identity()};
		read(fresh.device().bar(2), 4, size);
		EXPECT_THAT(fresh.accesses(), ElementsAre(formatted("read bar2+0x4 {}", 8 * size)));
	}
}

TEST_F(AByteString, OfNothingAtAWidthTouchesNothing)
{
	read(bar2, 4, std::span<std::byte>{}, Width::w32);
	write(bar2, 4, std::span<const std::byte>{}, Width::w32);
	EXPECT_EQ(board.calls(), 0u);
}

TEST_F(AByteString, IsWrittenInTheDevicesByteOrder)
{
	write(bar2, 3, ascending(0xa0, 6));
	EXPECT_THAT(board.accesses(),
		    ElementsAre("write bar2+0x3 8 = 0xa0", "write bar2+0x4 32 = 0xa4a3a2a1",
				"write bar2+0x8 8 = 0xa5"));
}

// Each byte is covered once, in order, by accesses that are aligned.
TEST_F(AByteString, IsExactAtEveryAlignmentAndLength)
{
	for (std::uint64_t offset = 0; offset < 8; offset++)
		for (std::size_t size = 0; size <= 16; size++) {
			FakeBoard fresh{test::memory_board_identity()};
			const Bar bar = fresh.device().bar(2);
			std::uint64_t next = offset;

			ASSERT_EQ(read(bar, offset, size), ascending(offset, size));
			for (const std::string &access : fresh.accesses()) {
				unsigned long at = 0;
				unsigned bits = 0;
				ASSERT_EQ(std::sscanf(access.c_str(), "read bar2+%lx %u", &at,
						      &bits),
					  2);
				ASSERT_EQ(at, next);
				ASSERT_LE(bits, 32u);
				ASSERT_EQ(at % (bits / 8), 0u);
				next += bits / 8;
			}
			ASSERT_EQ(next, offset + size);
		}
}

TEST_F(AByteString, IsWrittenAsItWouldBeRead)
{
	for (std::uint64_t offset = 0; offset < 8; offset++)
		for (std::size_t size = 0; size <= 16; size++) {
			FakeBoard fresh{test::memory_board_identity()};
			const Bar bar = fresh.device().bar(2);

			write(bar, offset, ascending(0x80, size));
			ASSERT_EQ(read(bar, offset, size), ascending(0x80, size));
		}
}

TEST_F(AByteString, OfAStatedWidthHasOnlyAccessesOfThatWidth)
{
	std::array<std::byte, 4> bytes{};

	read(bar2, 4, bytes, Width::w8);
	write(bar2, 4, bytes, Width::w16);
	EXPECT_THAT(board.accesses(),
		    ElementsAre("read bar2+0x4 8", "read bar2+0x5 8", "read bar2+0x6 8",
				"read bar2+0x7 8", "write bar2+0x4 16 = 0x504",
				"write bar2+0x6 16 = 0x706"));
}

TEST_F(AByteString, ThatIsNoMultipleOfItsWidthIsRefused)
{
	std::array<std::byte, 7> bytes{};
	try {
		read(bar2, 4, bytes, Width::w32);
		FAIL();
	} catch (const Error &error) {
		EXPECT_EQ(error.cause(), Cause::misaligned);
		EXPECT_THAT(error.what(), testing::HasSubstr("the size is not a multiple of 4"));
	}
	EXPECT_THAT(board.accesses(), IsEmpty());
}

} // namespace
} // namespace pcipeek
