// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "regions/elements.hpp"
#include "regions/writes.hpp"
#include "verb_run.hpp"

#include <gmock/gmock.h>

#include <algorithm>

namespace pcipeek::tools {
namespace {

using ::testing::ElementsAre;

class APlaceOnABoard : public AVerbOnABoard {
protected:
	Place find(const std::string &text)
	{
		return find_place(Use::read, board.device(), parse_location(text));
	}

	Write write(const std::string &text)
	{
		return find_write(board.device(), parse_assign(text));
	}

	std::vector<std::uint64_t> read(const std::string &text)
	{
		std::vector<std::uint64_t> values;

		read_elements(find(text), [&](std::uint64_t index, std::uint64_t value) {
			EXPECT_EQ(index, values.size());
			values.push_back(value);
		});
		return values;
	}
};

TEST_F(APlaceOnABoard, IsReadByOneAccessOfItsWidth)
{
	board.set<std::uint8_t>(0, 0x3f, 0xed);

	EXPECT_THAT(read("bar0+0x3f.b"), ElementsAre(0xed));
	EXPECT_THAT(seen(), ElementsAre("read bar0+0x3f 8 = 0xed"));
}

TEST_F(APlaceOnABoard, IsReadElementByElementUpwards)
{
	board.set<std::uint64_t>(0, 0, 0x8807060504030201);

	EXPECT_THAT(read("bar0+2.w,3"), ElementsAre(0x0403, 0x0605, 0x8807));
	EXPECT_THAT(seen(), ElementsAre("read bar0+0x2 16 = 0x403", "read bar0+0x4 16 = 0x605",
					"read bar0+0x6 16 = 0x8807"));
}

TEST_F(APlaceOnABoard, IsWrittenAndNotRead)
{
	const std::vector<Write> writes{write("bar0+4.b=1"), write("bar1=0x12345678")};

	std::ranges::for_each(writes, make_write);
	EXPECT_THAT(seen(),
		    ElementsAre("write bar0+0x4 8 = 0x1", "write bar1+0x0 32 = 0x12345678"));
}

TEST_F(APlaceOnABoard, IsReadBackOnceWhenThatWasAskedFor)
{
	const std::vector<Write> writes{write("bar0+4.b=1"), write("bar1=2")};

	std::ranges::for_each(writes, make_verified_write);
	EXPECT_THAT(seen(), ElementsAre("write bar0+0x4 8 = 0x1", "read bar0+0x4 8 = 0x1",
					"write bar1+0x0 32 = 0x2", "read bar1+0x0 32 = 0x2"));
}

} // namespace
} // namespace pcipeek::tools
