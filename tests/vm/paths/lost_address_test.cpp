// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
//
// A board whose BAR register no longer holds what the kernel assigned, and one that was
// reset behind the kernel's back: no read of it succeeds, and the error names a cure.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <linux/pci_regs.h>

#include <chrono>
#include <thread>

#include "boards.hpp"
#include "command.hpp"
#include "cure.hpp"
#include "loss.hpp"

namespace {

using namespace paths;
using testing::HasSubstr;
using testing::Not;

constexpr std::uint16_t decode = PCI_COMMAND_MEMORY | PCI_COMMAND_IO;

void enable_again(const std::string &address)
{
	vm::set_command(address, vm::command_of(address) | decode);
}

/* Whoever else is on the bus loses its addresses, too; a rescan finds it again. */
void remove_neighbours(const std::string &board)
{
	const std::string bus = board.substr(0, board.find_last_of(':') + 1);
	for (const std::string &neighbour : vm::lines_of(vm::output_of("ls /sys/bus/pci/devices")))
		if (neighbour.starts_with(bus) && neighbour != board) {
			EXPECT_EQ(0, vm::write_pci("devices/" + neighbour + "/remove", "1"));
		}
}

/* What the hint of an earlier version of pcipeek said: decode again, at the lost address. */
void reset_and_enable(const std::string &bridge, const std::string &board)
{
	remove_neighbours(board);
	reset_bus_below(bridge);
	enable_again(board);
}

void reset_function(const std::string &address)
{
	const std::uint8_t control = vm::capability_of(address, PCI_CAP_ID_EXP) + PCI_EXP_DEVCTL;
	vm::set_config_word(address, control,
			    vm::config_word_of(address, control) | PCI_EXP_DEVCTL_BCR_FLR);
	std::this_thread::sleep_for(std::chrono::milliseconds(150));
}

std::uint8_t bar_register(const Board &board, unsigned half = 0)
{
	return static_cast<std::uint8_t>(PCI_BASE_ADDRESS_0 + 4 * (board.bar + half));
}

Loss overwritten(const Board &board, const char *half, unsigned which, std::uint32_t value)
{
	return {std::string("the_register_of_") + board.name + half, board,
		[board, which, value] {
			set_config_dword(board.address, bar_register(board, which), value);
		},
		PCIPEEK_REACH_ADDRESS_LOST, board.address};
}

Loss bus_reset(const std::string &bridge, const Board &board)
{
	return {std::string("a_bus_reset_of_") + board.name, board,
		[bridge, board] { reset_and_enable(bridge, board.address); },
		PCIPEEK_REACH_ADDRESS_LOST, board.address};
}

class ALostAddress : public testing::TestWithParam<Loss> {};

TEST_P(ALostAddress, IsEIOForEveryReadAndTheCureThatTheErrorNamesHelps)
{
	expect_honesty(GetParam());
}

INSTANTIATE_TEST_SUITE_P(
	By, ALostAddress,
	testing::Values(bus_reset(port, nvme), bus_reset(chain.back(), ports),
			bus_reset(chain.back(), memory), bus_reset(chain.back(), prefetchable),
			bus_reset(expanded.back(), expanded_ports),
			bus_reset(expanded.back(), expanded_memory),
			Loss{"a_function_level_reset", nvme,
			     [] {
				     reset_function(nvme.address);
				     enable_again(nvme.address);
			     },
			     PCIPEEK_REACH_ADDRESS_LOST, nvme.address},
			overwritten(nvme, "_low", 0, 0), overwritten(nvme, "_high", 1, 1),
			overwritten(ports, "", 0, 0), overwritten(memory, "", 0, 0x40000000),
			overwritten(prefetchable, "_low", 0, 0),
			overwritten(prefetchable, "_high", 1, 0x7f),
			overwritten(expanded_memory, "", 0, 0)),
	name_of);

/* Without decoding: then too, the cure must not be to decode. */
TEST(ABoardAfterABusReset, IsToldToHaveLostItsAddressAndNotToDecode)
{
	const Lost lost(nvme);
	reset_bus_below(port);
	wait_until_noticed();
	lost.expect_reach(PCIPEEK_REACH_ADDRESS_LOST, nvme.address);
	const std::string message = refusal_of(nvme);
	EXPECT_THAT(message, HasSubstr("BAR 0 register holds 0x0, but the kernel assigned"));
	follow(cure_of(message));
}

TEST(ABoardThatLostItsAddress, IsNotLiveInInfo)
{
	const Lost lost(nvme);
	reset_and_enable(port, nvme.address);
	const std::string text = vm::output_of("pcipeek info " + nvme.address);
	EXPECT_THAT(text, HasSubstr("cannot be reached, D0, memory decode on"));
	EXPECT_THAT(text, HasSubstr("bar0 cannot be reached: its BAR 0 register holds 0x0"));
	EXPECT_THAT(text, Not(HasSubstr("live")));
	EXPECT_THAT(vm::output_of("pcipeek info --json " + nvme.address),
		    HasSubstr("\"why\": \"its BAR 0 register holds 0x0"));
	follow(cure_of(refusal_of(nvme)));
}

TEST(ABoardThatLostItsAddress, CannotBeGrantedAndBindSaysWhatHelps)
{
	reset_bus_below(port);
	const std::string text = vm::output_of("pcipeek bind " + nvme.address + " 2>&1");
	EXPECT_THAT(text, HasSubstr("its BAR 0 register holds 0x0, but the kernel assigned"));
	EXPECT_THAT(vm::output_of("dmesg"),
		    HasSubstr("cannot be granted to pcipeek: the register of "
			      "BAR 0 in 0000:01:00.0 holds 0"));
	EXPECT_EQ("", vm::link_name("devices/" + nvme.address + "/driver"));
	follow(cure_of(text.substr(0, text.find('\n'))));
	const Lost lost(nvme);
}

/* The kernel saves what it restores: of this board, the loss. */
TEST(ABoardThatLostItsAddress, IsCuredByAResetThroughSysfs)
{
	for (const bool decoding : {true, false}) {
		Lost lost(nvme);
		reset_bus_below(port);
		if (decoding)
			enable_again(nvme.address);
		wait_until_noticed();
		lost.expect_cured_by("echo 1 > /sys/bus/pci/devices/" + nvme.address + "/reset");
		EXPECT_FALSE(vm::command_of(nvme.address) & PCI_COMMAND_MASTER);
	}
}

} // namespace
