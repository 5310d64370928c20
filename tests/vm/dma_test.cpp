// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
//
// A user of a board writes where its interrupts are to go: into the memory of another
// board, where it would be seen. An interrupt of MSI-X is a write by the board, as all DMA.

#include <gtest/gtest.h>
#include <linux/pci_regs.h>

#include <chrono>
#include <cstdint>
#include <string>
#include <thread>

#include "attachment.hpp"
#include "machine.hpp"
#include "trace.hpp"

namespace {

using namespace std::chrono_literals;
using vm::access_at;
using vm::Granted;
using vm::Attachment;

const std::string network = "0000:02:00.0";
using vm::ivshmem;
constexpr std::uint64_t place = 0x2000;
constexpr std::uint32_t message = 0x5ac0ffee;

/* Of the 82574 (Intel's data sheet of it, section 10.2.4) */
constexpr std::uint64_t cause_read = 0xc0, cause_set = 0xc8, mask_set = 0xd0, mask_clear = 0xd8;
constexpr std::uint64_t vectors = 0xe4;
constexpr std::uint32_t link_changed = 1U << 2, other = 1U << 24;
constexpr std::uint32_t other_is_vector_0 = 8U << 16;
constexpr std::uint8_t table_bar = 3;

std::uint64_t address_of_the_place()
{
	for (const vm::BarRange &range : vm::all_bar_ranges())
		if (range.device == ivshmem && range.bar == 2)
			return range.first + place;
	ADD_FAILURE() << "no BAR 2";
	return 0;
}

/* Root does this: no command of pcipeek can. */
void enable_msix()
{
	const std::uint8_t at = vm::capability_of(network, PCI_CAP_ID_MSIX);
	ASSERT_NE(0, at);
	vm::set_config(network, at + PCI_MSIX_FLAGS + 1, {PCI_MSIX_FLAGS_ENABLE >> 8});
}

class AnInterruptThatAUserAims : public testing::Test {
protected:
	void SetUp() override
	{
		const std::uint64_t address = address_of_the_place();
		write(memory_, 2, place, 0);
		enable_msix();
		write(attachment_, table_bar, PCI_MSIX_ENTRY_LOWER_ADDR, address & 0xffffffff);
		write(attachment_, table_bar, PCI_MSIX_ENTRY_UPPER_ADDR, address >> 32);
		write(attachment_, table_bar, PCI_MSIX_ENTRY_DATA, message);
		write(attachment_, table_bar, PCI_MSIX_ENTRY_VECTOR_CTRL, 0);
		write(attachment_, 0, vectors, other_is_vector_0);
	}

	static void write(const Attachment &attachment, std::uint8_t bar, std::uint64_t offset,
			  std::uint64_t value)
	{
		ASSERT_EQ(0, attachment.write(access_at(bar, offset, 4, value))) << offset;
	}

	void fire()
	{
		write(attachment_, 0, mask_clear, 0xffffffff);
		write(attachment_, 0, cause_read, 0xffffffff);
		write(attachment_, 0, mask_set, other | link_changed);
		write(attachment_, 0, cause_set, link_changed);
		std::this_thread::sleep_for(100ms);
	}

	std::uint64_t arrived()
	{
		pcipeek_access access = access_at(2, place, 4);
		EXPECT_EQ(0, memory_.read(access));
		return access.value;
	}

	Granted granted_{network};
	Granted other_{ivshmem};
	Attachment attachment_{network};
	Attachment memory_{ivshmem};
};

TEST_F(AnInterruptThatAUserAims, GoesNowhereUnlessRootHasSwitchedBusMasteringOn)
{
	fire();
	EXPECT_EQ(0U, arrived());
	vm::set_command(network, vm::command_of(network) | PCI_COMMAND_MASTER);
	fire();
	EXPECT_EQ(message, arrived()) << "nothing was proved";
}

} // namespace
