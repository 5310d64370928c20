/* SPDX-License-Identifier: GPL-2.0-or-later */
/* SPDX-FileCopyrightText: The pcipeek developers */
#include "cold.hpp"
#include "command.hpp"
#include "library.hpp"

#include <gmock/gmock.h>

/* The library and the command, before a board without power (D3cold): they let it sleep. */
namespace {

using pcipeek::Cause;
using testing::HasSubstr;
using vm::cold_board;
using vm::MaySleep;
using vm::output_of;

TEST(ABoardInD3cold, IsListedAndNotWoken)
{
	const MaySleep sleep;
	EXPECT_EQ(0x10d3, vm::device_at(cold_board.address).device_id());
	EXPECT_THAT(output_of("pcipeek ls -v"), HasSubstr("03:00.0"));
	EXPECT_THAT(output_of("pcipeek ls --json"), HasSubstr(cold_board.address));
	EXPECT_THAT(output_of("pcipeek info " + cold_board.address), HasSubstr("8086:10d3"));
	EXPECT_TRUE(MaySleep::is_cold());
}

TEST(ABoardInD3cold, IsAsleepAndSaysHowToWakeIt)
{
	const MaySleep sleep;
	const pcipeek::Device device = vm::device_at(cold_board.address);
	device.open({.foreign = true});
	EXPECT_EQ(Cause::asleep, vm::cause_of([&device] {
			  pcipeek::read<std::uint32_t>(device.bar(0), cold_board.constant);
		  }));
	EXPECT_THAT(output_of("pcipeek read --foreign " + cold_board.address + " bar0+0x5400 2>&1"),
		    HasSubstr("without power (D3cold); as root: echo on > "
			      "/sys/bus/pci/devices/0000:03:00.0/power/control"));
	EXPECT_TRUE(MaySleep::is_cold());
}

} // namespace
