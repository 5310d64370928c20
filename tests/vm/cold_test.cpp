// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
//
// A board without power (D3cold), and the port before it asleep: the kernel switched them
// off, since nobody needed them.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <linux/pci_regs.h>

#include <cerrno>
#include <chrono>
#include <thread>

#include "attachment.hpp"
#include "cold.hpp"
#include "trace.hpp"

namespace {

using namespace std::chrono_literals;
using vm::cold_board;
using vm::cold_port;
using vm::Granted;
using vm::MaySleep;
using vm::Attachment;

/* Looks at it without having it. */
class Onlooker : public Attachment {
public:
	Onlooker() : Attachment(cold_board.address, vm::all_rights, PCIPEEK_ATTACH_FOREIGN)
	{
	}
};

TEST(GrantingAFunctionInD3cold, WakesItSoThatItsFirstReadIsData)
{
	const MaySleep sleep;
	const Granted granted(cold_board.address);
	expect_data(Attachment(cold_board.address), cold_board);
	EXPECT_EQ("D0", vm::power_state_of(cold_board.address));
	EXPECT_EQ("D0", vm::power_state_of(cold_port));
}

TEST(GrantingAFunctionInD3cold, KeepsItsPortAwakeUntilItIsRevoked)
{
	const MaySleep sleep;
	{
		const Granted granted(cold_board.address);
		std::this_thread::sleep_for(1s);
		expect_data(Attachment(cold_board.address), cold_board);
	}
	MaySleep::expect_cold();
}

/* What it was before it lost its power: the kernel restores that. */
TEST(GrantingAFunctionInD3cold, LeavesItsCommandWordAsItWas)
{
	const std::uint16_t before = vm::command_of(cold_board.address);
	{
		const MaySleep sleep;
		const Granted granted(cold_board.address);
	}
	EXPECT_EQ(before & ~PCI_COMMAND_MASTER, vm::command_of(cold_board.address));
}

TEST(AForeignFunctionInD3cold, IsAnErrorInEveryReadAndIsNotWoken)
{
	const MaySleep sleep;
	const vm::Mark mark = vm::mark_trace();
	const Onlooker attachment;
	expect_no_ones(attachment, cold_board, {EIO});
	EXPECT_EQ(EIO, attachment.write(vm::access_at(0, cold_board.constant, 4)));
	EXPECT_TRUE(attachment.info().state & PCIPEEK_STATE_OFFLINE);
	EXPECT_EQ(PCIPEEK_POWER_UNKNOWN, attachment.info().power_state);
	EXPECT_THAT(vm::accesses_since(mark, cold_board.address), testing::IsEmpty());
	EXPECT_TRUE(MaySleep::is_cold());
}

/* Beside a driver, which would have set it up again; here the kernel alone does. */
TEST(AForeignFunction, AnswersBeforeAndAfterItWasInD3cold)
{
	const Onlooker attachment;
	expect_data(attachment, cold_board);
	{
		const MaySleep sleep;
		expect_no_ones(attachment, cold_board, {EIO});
	}
	expect_data(attachment, cold_board);
}

} // namespace
