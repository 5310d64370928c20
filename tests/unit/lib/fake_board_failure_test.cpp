// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "refusal.hpp"
#include "user_board.hpp"

#include <gmock/gmock.h>

#include <cstdlib>
#include <filesystem>

namespace pcipeek {
namespace {

using pcipeek::testing::FakeBoard;
using test::refusal_of;
using ::testing::IsEmpty;

using AFakeBoardThatFails = test::UserBoard;

TEST_F(AFakeBoardThatFails, MayNotDecode)
{
	board.set_decode(BarType::mem, false);
	EXPECT_EQ(refusal_of([&] { read<std::uint32_t>(bar0, 0); }).cause(), Cause::decode_off);
	EXPECT_FALSE(device.state().memory_decode);
	EXPECT_EQ(read<std::uint8_t>(bar1, 0), 0);

	board.set_decode(BarType::mem, true);
	board.set_decode(BarType::io, false);
	EXPECT_EQ(read<std::uint32_t>(bar0, 0), 0u);
	EXPECT_EQ(refusal_of([&] { read<std::uint8_t>(bar1, 0); }).cause(), Cause::decode_off);
}

TEST_F(AFakeBoardThatFails, MaySleep)
{
	board.set_power_state(3);

	EXPECT_EQ(refusal_of([&] { read<std::uint32_t>(bar0, 0); }).cause(), Cause::asleep);
	EXPECT_EQ(device.state().power_state, 3u);
	EXPECT_EQ(device.state().life, Life::live);
	EXPECT_THROW(board.set_power_state(4), std::invalid_argument);
}

TEST_F(AFakeBoardThatFails, MayNotAnswer)
{
	board.set_answering(false);

	EXPECT_EQ(refusal_of([&] { write(bar0, 0, std::uint32_t{1}); }).cause(), Cause::offline);
	board.set_answering(true);
	EXPECT_EQ(read<std::uint32_t>(bar0, 0), 0u);
}

TEST_F(AFakeBoardThatFails, MayBeInAReset)
{
	board.begin_reset();
	EXPECT_EQ(refusal_of([&] { read<std::uint32_t>(bar0, 0); }).cause(), Cause::reset);
	EXPECT_EQ(device.state().life, Life::resetting);

	board.end_reset();
	EXPECT_EQ(read<std::uint32_t>(bar0, 0), 0u);
	EXPECT_EQ(device.state().generation, 2u);
}

TEST_F(AFakeBoardThatFails, MayBeResetInTheMiddleOfABlock)
{
	board.on_read(0, 0x08, [&](const testing::Access &) {
		board.begin_reset();
		board.end_reset();
		return 0;
	});
	std::array<std::uint32_t, 4> values{};

	const Error error = refusal_of([&] { read_block<std::uint32_t>(bar0, 0x04, values); });
	EXPECT_EQ(error.cause(), Cause::reset);
	EXPECT_EQ(error.offset(), 0x0cu);
}

TEST_F(AFakeBoardThatFails, MayBeUnplugged)
{
	read<std::uint32_t>(bar0, 0);
	board.unplug();

	EXPECT_THAT(lspci(), IsEmpty());
	EXPECT_EQ(refusal_of([&] { read<std::uint32_t>(bar0, 0); }).cause(), Cause::gone);
	EXPECT_EQ(refusal_of([&] { write(bar0, 0, std::uint32_t{1}); }).cause(), Cause::gone);
	EXPECT_EQ(refusal_of([&] { const Config config{device}; }).cause(), Cause::gone);
	EXPECT_EQ(device.state().life, Life::ended);
	EXPECT_EQ(device.state().end_reason, EndReason::removed);
	EXPECT_EQ(device.driver(), std::nullopt);
}

TEST_F(AFakeBoardThatFails, ComesBackWithItsRegistersAndNewHandles)
{
	write(bar0, 0x08, std::uint32_t{5});
	board.unplug();
	board.plug();

	EXPECT_EQ(refusal_of([&] { read<std::uint32_t>(bar0, 0x08); }).cause(), Cause::gone);
	EXPECT_EQ(read<std::uint32_t>(lspci().at(0).bar(0), 0x08), 5u);
}

TEST(AFakeBoardThatWent, LeavesHandlesThatAreGone)
{
	auto board = std::make_unique<FakeBoard>();
	const Bar bar = board->device().bar(0);
	read<std::uint32_t>(bar, 0);
	board.reset();

	EXPECT_EQ(refusal_of([&] { read<std::uint32_t>(bar, 0); }).cause(), Cause::gone);
	EXPECT_EQ(refusal_of([&] { const Config config{bar.device()}; }).cause(), Cause::gone);
	EXPECT_NO_THROW(FakeBoard{});
}

TEST(AFakeBoardThatWent, LeavesNoFiles)
{
	namespace fs = std::filesystem;
	std::string here = ::testing::TempDir() + "pcipeek-XXXXXX";
	ASSERT_TRUE(::mkdtemp(here.data()));
	ASSERT_EQ(::setenv("TMPDIR", here.c_str(), 1), 0);
	{
		const FakeBoard board;
		EXPECT_FALSE(fs::is_empty(here));
	}
	EXPECT_TRUE(fs::is_empty(here));
	::unsetenv("TMPDIR");
	fs::remove(here);
}

} // namespace
} // namespace pcipeek
