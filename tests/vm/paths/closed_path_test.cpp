// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
//
// A bridge above a board that does not decode what the board is accessed by, or was reset:
// no read succeeds, and the error names the bridge and a cure. About windows:
// closed_attachment_test.cpp.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <linux/pci_regs.h>

#include "boards.hpp"
#include "command.hpp"
#include "cure.hpp"
#include "loss.hpp"

namespace {

using namespace paths;
using testing::HasSubstr;

Loss not_decoding(const std::string &bridge, const Board &board)
{
	const std::uint16_t bit = board.ports ? PCI_COMMAND_IO : PCI_COMMAND_MEMORY;
	return closed(
		"decoding", bridge, board,
		[bit](const std::string &address) { clear_command(address, bit); },
		PCIPEEK_REACH_DECODE_OFF);
}

std::vector<Loss> losses()
{
	std::vector<Loss> all;
	for (const std::string &bridge : chain)
		for (const Board &board : {ports, memory, prefetchable})
			all.push_back(not_decoding(bridge, board));
	for (const std::string &bridge : expanded) {
		all.push_back(not_decoding(bridge, expanded_ports));
		all.push_back(not_decoding(bridge, expanded_memory));
	}
	all.push_back(not_decoding(port, nvme));
	return all;
}

class AClosedPath : public testing::TestWithParam<Loss> {};

TEST_P(AClosedPath, IsEIOForEveryReadAndTheCureThatTheErrorNamesHelps)
{
	expect_honesty(GetParam());
}

INSTANTIATE_TEST_SUITE_P(By, AClosedPath, testing::ValuesIn(losses()), name_of);

/* The bridge below forgets everything, its bus numbers included. */
Loss reset_above(const std::string &above, const std::string &forgetful, const Board &board)
{
	return {"a_bus_reset_of_" + short_name(above) + "_above_" + board.name, board,
		[above] { reset_bus_below(above); }, PCIPEEK_REACH_BUSES_LOST, forgetful};
}

class ABusResetAboveABridge : public testing::TestWithParam<Loss> {};

TEST_P(ABusResetAboveABridge, IsEIOForEveryReadAndTheCureThatTheErrorNamesHelps)
{
	expect_honesty(GetParam());
}

INSTANTIATE_TEST_SUITE_P(By, ABusResetAboveABridge,
			 testing::Values(reset_above(chain[2], chain[3], ports),
					 reset_above(chain[2], chain[3], memory),
					 reset_above(chain[1], chain[2], prefetchable),
					 reset_above(chain[0], chain[1], ports),
					 reset_above(chain[0], chain[1], memory),
					 reset_above(expanded[0], expanded[1], expanded_memory)),
			 name_of);

/* The kernel does not open it again by enabling the board. */
TEST(ABoardBehindAClosedPath, CannotBeGrantedAndBindNamesTheBridge)
{
	clear_command(port, PCI_COMMAND_MEMORY);
	const std::string text =
		vm::output_of("pcipeek bind " + nvme.address + " 2>&1; echo \"status $?\"");
	EXPECT_THAT(text, HasSubstr("the bridge 0000:00:09.0 above it does not forward memory"));
	EXPECT_THAT(text, HasSubstr("status 6"));
	follow(cure_of(text.substr(0, text.find('\n'))));
	const Lost lost(nvme);
}

TEST(ABoardBehindAClosedPath, IsEIOAfterwardsAsAForeignOneToo)
{
	vm::set_command(nvme.address, vm::command_of(nvme.address) | PCI_COMMAND_MEMORY);
	const Attachment attachment(nvme.address, vm::all_rights, PCIPEEK_ATTACH_FOREIGN);
	vm::expect_data(attachment, nvme);
	clear_command(port, PCI_COMMAND_MEMORY);
	wait_until_noticed();
	vm::expect_no_ones(attachment, nvme, {EIO});
	vm::set_command(port, vm::command_of(port) | PCI_COMMAND_MEMORY);
	vm::expect_data(attachment, nvme);
}

} // namespace
