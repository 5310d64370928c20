// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "fake_channel.hpp"

#include <pcipeek/pcipeek.hpp>

#include <gmock/gmock.h>

#include <cerrno>

namespace pcipeek {
namespace {

using detail::BarSlot;
using test::FakeBoard;
using testing::ElementsAre;
using testing::IsEmpty;

// BAR 0 of 64 bits, no BAR 2, BAR 3 without an address, BAR 4 for I/O ports.
detail::Identity mixed_device()
{
	detail::Identity identity{.address = {.bus = 1, .device = 2, .function = 3}};
	identity.bars[0] = {.kind = BarSlot::Kind::present,
			    .region = {.addr = 0x800000000, .size = 16, .bits = 64}};
	identity.bars[1] = {.kind = BarSlot::Kind::upper_half};
	identity.bars[3] = {.kind = BarSlot::Kind::unassigned};
	identity.bars[4] = {.kind = BarSlot::Kind::present,
			    .region = {.addr = 0x2000, .size = 8, .type = BarType::io}};
	return identity;
}

std::string refusal(const Device &device, unsigned index)
{
	try {
		device.bar(index);
	} catch (const Error &error) {
		EXPECT_EQ(error.code(), std::errc::no_such_device_or_address);
		EXPECT_EQ(error.cause(), Cause::no_such_bar);
		EXPECT_EQ(error.address(), device.address());
		EXPECT_EQ(error.bar(), index);
		return error.what();
	}
	return "no error";
}

TEST(ABar, IsNamedByItsNumberNotByItsPlaceInTheList)
{
	FakeBoard board{mixed_device()};

	EXPECT_EQ(board.device().bar(4).addr(), 0x2000u);
	EXPECT_EQ(board.device().bars().at(1).index(), 4u);
}

TEST(ABarThatIsNotThere, IsAnErrorThatSaysWhy)
{
	FakeBoard board{mixed_device()};
	const Device device = board.device();

	EXPECT_EQ(refusal(device, 1), "cannot use BAR 1 of 0000:01:02.3: it is the upper half of "
				      "the 64-bit BAR 0; use BAR 0");
	EXPECT_EQ(refusal(device, 2), "cannot use BAR 2 of 0000:01:02.3: the device does not have "
				      "it; it has 0, 4");
	EXPECT_EQ(refusal(device, 3), "cannot use BAR 3 of 0000:01:02.3: the kernel gave it no "
				      "address; see dmesg for the reason");
	EXPECT_EQ(refusal(device, 6), "cannot use BAR 6 of 0000:01:02.3: BAR numbers are 0 to 5");
	EXPECT_EQ(board.calls(), 0u);
}

TEST(ABar, OutlivesTheDeviceAndTheListItCameFrom)
{
	FakeBoard board{test::memory_board_identity()};
	const Bar &bar = std::vector{board.device()}.at(0).bar(2);

	EXPECT_EQ(read<std::uint8_t>(bar, 7), 7);
	EXPECT_EQ(to_string(bar.device().address()), "0000:05:0d.0");
}

TEST(Copies, ShareOneOpenFile)
{
	FakeBoard board{test::memory_board_identity()};
	const Device device = board.device();
	const Device copy = device; // NOLINT(performance-unnecessary-copy-initialization)

	read<std::uint8_t>(device.bar(0), 0);
	read<std::uint8_t>(copy.bar(1), 0);
	EXPECT_TRUE(copy.is_open());
	EXPECT_THAT(board.openings(), ElementsAre("read-only granted"));
}

TEST(AHandleThatWasMovedFrom, IsStillGood)
{
	FakeBoard board{test::memory_board_identity()};
	Device device = board.device();
	Bar bar = device.bar(0);
	const Device other_device = std::move(device);
	const Bar other_bar = std::move(bar);

	EXPECT_EQ(device.address(), other_device.address()); // NOLINT(bugprone-use-after-move)
	EXPECT_EQ(read<std::uint8_t>(bar, 1), read<std::uint8_t>(other_bar, 1)); // NOLINT
}

TEST(TheStateOfADevice, IsWhatTheModuleSays)
{
	FakeBoard board{test::memory_board_identity()};
	board.info.state = PCIPEEK_STATE_ENDED | PCIPEEK_STATE_BUS_MASTER;
	board.info.end_reason = PCIPEEK_END_DRIVER_BOUND;
	board.info.power_state = PCIPEEK_POWER_UNKNOWN;
	board.info.generation = 7;
	const DeviceState state = board.device().state();

	EXPECT_EQ(state.life, Life::ended);
	EXPECT_TRUE(state.bus_master);
	EXPECT_FALSE(state.bus_master_requested);
	EXPECT_FALSE(state.bus_master_held);
	EXPECT_FALSE(state.granted);
	EXPECT_EQ(state.end_reason, EndReason::driver_bound);
	EXPECT_EQ(state.power_state, std::nullopt);
	EXPECT_EQ(state.generation, 7u);
	EXPECT_EQ(state.rights, PCIPEEK_RIGHT_ALL_BARS);
}

TEST(TheStateOfADevice, IsOneOfLiveResettingStoppedAndEnded)
{
	FakeBoard board{test::memory_board_identity()};
	const Device device = board.device();
	const auto life = [&](std::uint32_t bits) {
		board.info.state = PCIPEEK_STATE_GRANTED | bits;
		return device.state().life;
	};

	EXPECT_EQ(life(PCIPEEK_STATE_LIVE), Life::live);
	EXPECT_EQ(life(PCIPEEK_STATE_RESET), Life::resetting);
	EXPECT_EQ(life(PCIPEEK_STATE_ENDED), Life::ended);
	EXPECT_EQ(life(PCIPEEK_STATE_OFFLINE), Life::stopped);
	EXPECT_EQ(life(PCIPEEK_STATE_ENDED | PCIPEEK_STATE_RESET), Life::ended);
}

TEST(LookingAtADevice, OpensNothing)
{
	FakeBoard board{test::memory_board_identity()};
	const Device device = board.device();

	EXPECT_EQ(device.bars().size(), 3u);
	EXPECT_FALSE(device.is_open());
	EXPECT_THAT(board.openings(), IsEmpty());
}

} // namespace
} // namespace pcipeek
