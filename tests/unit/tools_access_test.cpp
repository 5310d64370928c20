// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "difference.hpp"
#include "elements.hpp"
#include "fake_channel.hpp"
#include "window.hpp"
#include "writes.hpp"

#include <gmock/gmock.h>

namespace pcipeek::tools {
namespace {

using testing::ElementsAre;

class APlaceOnABoard : public testing::Test {
protected:
	Place find(const std::string &text)
	{
		return find_place("read", board.device(), parse_location(text));
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

	test::FakeBoard board{test::memory_board_identity()};
};

TEST_F(APlaceOnABoard, IsReadByOneAccessOfItsWidth)
{
	board.bars[2].at(0x1f) = 0xed;

	EXPECT_THAT(read("bar2+0x1f.b"), ElementsAre(0xed));
	EXPECT_THAT(board.accesses(), ElementsAre("read bar2+0x1f 8"));
}

TEST_F(APlaceOnABoard, IsReadElementByElementUpwards)
{
	board.bars[0] = {0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x88};

	EXPECT_THAT(read("bar0+2.w,3"), ElementsAre(0x0403, 0x0605, 0x8807));
	EXPECT_THAT(board.accesses(),
		    ElementsAre("read bar0+0x2 16", "read bar0+0x4 16", "read bar0+0x6 16"));
}

TEST_F(APlaceOnABoard, IsWrittenAndNotRead)
{
	const std::vector<Write> writes{{find("bar0+4.b"), 1}, {find("bar1"), 0x12345678}};

	write_all(writes, Verify::no);
	EXPECT_THAT(board.accesses(),
		    ElementsAre("write bar0+0x4 8 = 0x1", "write bar1+0x0 32 = 0x12345678"));
}

TEST_F(APlaceOnABoard, IsReadBackOnceWhenThatWasAskedFor)
{
	const std::vector<Write> writes{{find("bar0+4.b"), 1}, {find("bar1"), 2}};

	write_all(writes, Verify::yes);
	EXPECT_THAT(board.accesses(), ElementsAre("write bar0+0x4 8 = 0x1", "read bar0+0x4 8",
						  "write bar1+0x0 32 = 0x2", "read bar1+0x0 32"));
}

/* A board whose registers ignore what is written to them. */
class DeafChannel : public detail::Channel {
public:
	explicit DeafChannel(std::unique_ptr<detail::Channel> board) : board_(std::move(board))
	{
	}

	int call(unsigned long request, void *argument) noexcept override
	{
		return request == PCIPEEK_IOC_WRITE ? 0 : board_->call(request, argument);
	}

private:
	std::unique_ptr<detail::Channel> board_;
};

TEST(AWrite, ThatDidNotArriveEndsAVerifiedSequence)
{
	test::FakeBoard board{test::memory_board_identity()};
	const Device device(
		std::make_shared<detail::Window>(test::memory_board_identity(), [&](bool write) {
			return std::make_unique<DeafChannel>(board.factory()(write));
		}));
	const Place place = find_place("write", device, parse_location("bar0"));
	const std::vector<Write> writes{{place, 0xffffffff}, {place, 0xfffffffe}};

	try {
		write_all(writes, Verify::yes);
		FAIL() << "no difference was seen";
	} catch (const Difference &difference) {
		EXPECT_STREQ(difference.what(),
			     "bar0+0x0 of 0000:05:0d.0 reads 0x03020100 after 0xffffffff was "
			     "written; it may have bits that are read-only, or change by "
			     "themselves");
	}
	EXPECT_THAT(board.accesses(), ElementsAre("read bar0+0x0 32"));
}

} // namespace
} // namespace pcipeek::tools
