/* SPDX-License-Identifier: GPL-2.0-or-later */
/* SPDX-FileCopyrightText: The pcipeek developers */
#include "attachment.hpp"
#include "cold.hpp"
#include "library.hpp"

/* reload() of functions that have neighbours, and of a board behind a port that sleeps. */
namespace {

using pcipeek::Cause;
using pcipeek::Device;
using pcipeek::Reloaded;
using vm::cause_of;
using vm::cold_board;
using vm::device_at;
using vm::Granted;
using vm::Attachment;

/* Two functions of one board, 8086:10d3, behind a port. */
const std::string first = "0000:02:00.0";
const std::string second = "0000:02:00.1";
constexpr std::uint64_t status = 8;

std::uint32_t status_of(const Device &device)
{
	return pcipeek::read<std::uint32_t>(device.bar(0), status);
}

void expect_reload_leaves_neighbour(const std::string &address, const std::string &neighbour)
{
	const Granted granted{address};
	const Granted neighbour_granted{neighbour};
	const Attachment attachment{address};
	const Attachment neighbour_attachment{neighbour};
	const std::uint32_t value = status_of(device_at(address));

	const Reloaded after = pcipeek::reload(device_at(address));
	EXPECT_TRUE(after.bound);
	EXPECT_EQ(value, status_of(after.device));
	EXPECT_TRUE(attachment.info().state & PCIPEEK_STATE_ENDED);
	EXPECT_EQ(static_cast<unsigned>(PCIPEEK_END_REMOVED), attachment.info().end_reason);
	pcipeek_access access = vm::access_at(0, status, 4);
	EXPECT_EQ(0, neighbour_attachment.read(access));
	EXPECT_FALSE(neighbour_attachment.info().state & PCIPEEK_STATE_ENDED);
}

TEST(AReload, OfTheFirstFunctionOfABoardLeavesTheSecond)
{
	expect_reload_leaves_neighbour(first, second);
}

TEST(AReload, OfTheSecondFunctionOfABoardLeavesTheFirst)
{
	expect_reload_leaves_neighbour(second, first);
}

TEST(AReload, EndsTheHandleThatItWasGranted)
{
	const Granted granted{first};
	const Device before = device_at(first);
	before.open();
	const Reloaded after = pcipeek::reload(before);
	EXPECT_EQ(cause_of([&] { status_of(before); }), Cause::gone);
	status_of(after.device);
}

TEST(AReload, IsForRootAlone)
{
	EXPECT_EQ(0, vm::as_user([] {
			  EXPECT_EQ(cause_of([] { pcipeek::reload(device_at(first)); }),
				    Cause::needs_root);
			  return testing::Test::HasFailure() ? 1 : 0;
		  }));
	status_of(device_at(first));
}

/* The port falls asleep, too, once nothing is behind it. */
TEST(AReload, OfABoardWithoutPowerFindsItAgain)
{
	const std::string port = "/sys/bus/pci/devices/" + vm::cold_port + "/power/control";
	const std::string before = vm::text_of(port);
	const vm::MaySleep sleep;
	const Reloaded after = pcipeek::reload(device_at(cold_board.address));
	EXPECT_FALSE(after.bound);
	EXPECT_EQ(before, vm::text_of(port));
	const Granted granted{cold_board.address};
	expect_data(Attachment{cold_board.address}, cold_board);
}

} // namespace
