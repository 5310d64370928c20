// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
//
// A virtual function: what it decodes, and where, is said by the registers of its physical
// function.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <linux/pci_regs.h>

#include <cstdlib>

#include "boards.hpp"
#include "command.hpp"
#include "cure.hpp"
#include "loss.hpp"

namespace {

using namespace paths;
using testing::HasSubstr;

const std::string physical = "0000:06:00.0";
const std::string above = "0000:00:0b.0";
/* CSTS, which QEMU's functions answer even before they are set up */
const Board board{"0000:06:00.2", "virtual_function", 0x18, 0x1c, 2, false};

std::string directory()
{
	return "devices/" + physical;
}

/* @value as setpci takes it, with or without a mask. */
void set_sriov(unsigned offset, const std::string &value)
{
	const std::string place = "ECAP_SRIOV+" + vm::hex(offset, 2) + ".L";
	EXPECT_EQ(0, std::system(("setpci -s " + physical + " " + place + "=" + value).c_str()));
}

/* Two virtual functions, for as long as this lives. */
class Virtual {
public:
	Virtual()
	{
		EXPECT_EQ(0, std::system("modprobe pci-pf-stub"));
		EXPECT_EQ(0, vm::write_pci(directory() + "/driver_override", "pci-pf-stub"));
		EXPECT_EQ(0, vm::write_pci("drivers/pci-pf-stub/bind", physical));
		EXPECT_EQ(0, vm::write_pci(directory() + "/sriov_numvfs", "2"));
	}
	~Virtual()
	{
		EXPECT_EQ(0, vm::write_pci(directory() + "/sriov_numvfs", "0"));
		EXPECT_EQ(0, vm::write_pci("drivers/pci-pf-stub/unbind", physical));
		EXPECT_EQ(0, vm::write_pci(directory() + "/driver_override", "\n"));
	}
	Virtual(const Virtual &) = delete;
	Virtual &operator=(const Virtual &) = delete;
};

class AVirtualFunction : public testing::TestWithParam<Loss> {
	Virtual functions_;
};

class AVirtualFunctionWithout : public testing::Test {
	Virtual functions_;
};

TEST_P(AVirtualFunction, IsEIOForEveryReadAndTheCureThatTheErrorNamesHelps)
{
	expect_honesty(GetParam());
}

INSTANTIATE_TEST_SUITE_P(
	ThatLost, AVirtualFunction,
	testing::Values(Loss{"memory_enable", board, [] { set_sriov(PCI_SRIOV_CTRL, "0:8"); },
			     PCIPEEK_REACH_VF_OFF, physical},
			Loss{"the_low_half_of_its_address", board,
			     [] { set_sriov(PCI_SRIOV_BAR, "0"); }, PCIPEEK_REACH_ADDRESS_LOST,
			     physical},
			Loss{"the_high_half_of_its_address", board,
			     [] { set_sriov(PCI_SRIOV_BAR + 4, "1"); }, PCIPEEK_REACH_ADDRESS_LOST,
			     physical},
			Loss{"the_power_of_its_physical_function", board,
			     [] { put_to_sleep(physical); }, PCIPEEK_REACH_ASLEEP, physical},
			Loss{"the_decoding_of_a_bridge", board,
			     [] { clear_command(above, PCI_COMMAND_MEMORY); },
			     PCIPEEK_REACH_DECODE_OFF, above}),
	name_of);

TEST_F(AVirtualFunctionWithout, MemoryEnableSaysSoInInfo)
{
	const Lost lost(board);
	EXPECT_THAT(vm::output_of("pcipeek info " + board.address), HasSubstr("memory decode on"));
	set_sriov(PCI_SRIOV_CTRL, "0:8");
	const std::string text = vm::output_of("pcipeek info " + board.address);
	EXPECT_THAT(text, HasSubstr("memory decode off"));
	EXPECT_THAT(text, HasSubstr("cannot be reached"));
	set_sriov(PCI_SRIOV_CTRL, "8:8");
}

/* It vanishes, then, and its physical function tells why. */
TEST_F(AVirtualFunctionWithout, VfEnableIsEIO)
{
	const Lost lost(board);
	set_sriov(PCI_SRIOV_CTRL, "0:1");
	wait_until_noticed();
	lost.expect_reach(PCIPEEK_REACH_VF_OFF, physical);
	lost.expect_every_read_refused();
	EXPECT_THAT(cure_of(refusal_of(board)),
		    HasSubstr("echo 0 > /sys/bus/pci/devices/" + physical + "/sriov_numvfs"));
}

} // namespace
