// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
//
// A function that cannot answer: gone, asleep, in a reset, not decoding. 10,000 reads of
// each kind, of a register that is never all ones: none of them gives all ones as data.

#include <gtest/gtest.h>
#include <linux/pci_regs.h>

#include <atomic>
#include <cerrno>
#include <chrono>
#include <iostream>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "attachment.hpp"
#include "cut_off.hpp"
#include "every_read.hpp"
#include "flickering.hpp"
#include "machine.hpp"
#include "trace.hpp"

namespace {

using vm::Board;
using vm::Granted;
using vm::Attachment;

using vm::bridge;
constexpr std::uint16_t decode = PCI_COMMAND_MEMORY | PCI_COMMAND_IO;

/* Capabilities and version; the MAC address, and the multicast filter behind it. */
const Board nvme{vm::nvme, "nvme", 0, 8, 0x00010400, false};
const Board rtl8139{vm::rtl8139, "rtl8139", 0, 0, 0x0c005452, true};

std::string name_of(const testing::TestParamInfo<Board> &info)
{
	return info.param.name;
}

/* It takes 16 jiffies of 4 ms at most until everything on the way was asked again. */
void wait_until_noticed()
{
	std::this_thread::sleep_for(std::chrono::milliseconds(100));
}

/* A board, granted and used once, so that its BAR is mapped. */
class Unanswered : public testing::TestWithParam<Board> {
protected:
	Unanswered()
	{
		expect_data();
	}

	void expect_data() const
	{
		vm::expect_data(attachment_, board_);
	}
	void expect_no_ones(const std::set<int> &errors)
	{
		vm::expect_no_ones(attachment_, board_, errors, refusals_);
	}

	Board board_ = GetParam();
	Granted granted_{board_.address};
	Attachment attachment_{board_.address};
	/* so far, for who changes the board while it is read */
	std::atomic<unsigned> refusals_ = 0;
};

using OnTheBus = Unanswered;
using BehindABridge = Unanswered;

TEST_P(OnTheBus, OfAFunctionThatWasRemovedIsENODEV)
{
	ASSERT_EQ(0, vm::write_pci("devices/" + board_.address + "/remove", "1"));
	expect_no_ones({ENODEV});
	ASSERT_EQ(0, vm::write_pci("rescan", "1"));
}

TEST_P(OnTheBus, OfAFunctionThatDoesNotDecodeIsEIO)
{
	const std::uint16_t before = vm::command_of(board_.address);
	vm::set_command(board_.address, before & ~decode);
	while (attachment_.info().state & (PCIPEEK_STATE_MEMORY_DECODE | PCIPEEK_STATE_IO_DECODE))
		;
	wait_until_noticed();
	expect_no_ones({EIO});
	vm::set_command(board_.address, before);
	expect_data();
}

/* Under the reader, so that it also happens between the question and the read. */
TEST_P(OnTheBus, OfAFunctionThatDecodesNowAndThenIsDataOrEIO)
{
	{
		const vm::Flickering flickering(board_.address, decode, refusals_);
		expect_no_ones({0, EIO});
	}
	expect_data();
}

/* The bridge forwards nothing any more: no register answers, nor does configuration. */
TEST_P(BehindABridge, OfAFunctionThatVanishedWithoutAWordIsEIO)
{
	const std::uint16_t before = vm::command_of(bridge);
	const vm::CutOff cut_off(bridge);
	vm::set_command(bridge, before & ~PCI_COMMAND_MEMORY);
	wait_until_noticed();
	expect_no_ones({EIO});
	cut_off.end();
	vm::set_command(bridge, before);
	expect_data();
}

/* It answers configuration reads, but not at the address that the kernel assigned. */
TEST_P(BehindABridge, OfAFunctionThatLostItsAddressIsEIOAndReachesNothing)
{
	const std::vector<std::uint8_t> bars = vm::config_of(board_.address, PCI_BASE_ADDRESS_0, 8);
	vm::set_config(board_.address, PCI_BASE_ADDRESS_0, std::vector<std::uint8_t>(8));
	wait_until_noticed();
	const vm::Mark mark = vm::mark_trace();
	expect_no_ones({EIO});
	EXPECT_EQ(0U, vm::accesses_since(mark, board_.address).size());
	vm::set_config(board_.address, PCI_BASE_ADDRESS_0, bars);
	expect_data();
}

TEST_P(BehindABridge, ThatForwardsNoMemoryIsEIOAndReachesNothing)
{
	const std::uint16_t before = vm::command_of(bridge);
	vm::set_command(bridge, before & ~PCI_COMMAND_MEMORY);
	wait_until_noticed();
	const vm::Mark mark = vm::mark_trace();
	expect_no_ones({EIO});
	EXPECT_EQ(0U, vm::accesses_since(mark, board_.address).size());
	vm::set_command(bridge, before);
	expect_data();
}

/* QEMU's registers answer in D3hot, and so the answer does not come from them. */
TEST_P(BehindABridge, OfAFunctionThatIsAsleepIsEIO)
{
	const std::uint8_t control = vm::power_capability_of(board_.address) + PCI_PM_CTRL;
	const std::vector<std::uint8_t> awake = vm::config_of(board_.address, control, 2);
	vm::set_config(board_.address, control, {PCI_PM_CTRL_STATE_MASK, 0});
	EXPECT_EQ(PCIPEEK_POWER_D3HOT, attachment_.info().power_state);
	wait_until_noticed();
	expect_no_ones({EIO});
	vm::set_config(board_.address, control, awake);
	expect_data();
}

/* Again and again, for as long as the reads take. */
TEST_P(BehindABridge, OfAFunctionInAResetIsDataOrEAGAIN)
{
	std::atomic<bool> over = false;
	unsigned resets = 0;
	std::thread resetter([this, &over, &resets] {
		for (; !over; resets++)
			EXPECT_EQ(0, vm::write_pci("devices/" + board_.address + "/reset", "1"));
	});
	expect_no_ones({0, EAGAIN});
	over = true;
	resetter.join();
	std::cout << "resets: " << resets << '\n';
	EXPECT_LT(0U, resets);
	expect_data();
}

INSTANTIATE_TEST_SUITE_P(Boards, OnTheBus, testing::Values(nvme, rtl8139), name_of);
INSTANTIATE_TEST_SUITE_P(Boards, BehindABridge, testing::Values(nvme), name_of);

} // namespace
