// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
//
// A BAR that the kernel gave no address keeps nobody from the others.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <linux/pci_regs.h>

#include <cerrno>
#include <string>

#include "attachment.hpp"
#include "flaws.hpp"
#include "machine.hpp"
#include "trace.hpp"

namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;
using vm::access_at;
using vm::Granted;
using vm::ivshmem;
using vm::rtl8139;
using vm::testdev;
using vm::Attachment;

constexpr const char *claim = "pcipeek, BAR without an address";

int bind(const std::string &address)
{
	const std::string override_file = "devices/" + address + "/driver_override";
	EXPECT_EQ(0, vm::write_pci(override_file, "pcipeek"));
	const int error = vm::write_pci("drivers/pcipeek/bind", address);
	EXPECT_EQ(0, vm::write_pci(override_file, "\n"));
	return error;
}

int read(const Attachment &attachment, std::uint8_t bar)
{
	pcipeek_access access = access_at(bar, 0, 1);
	return attachment.read(access);
}

std::uint32_t register_of_bar(const std::string &address, unsigned bar)
{
	const auto bytes = vm::config_of(address, PCI_BASE_ADDRESS_0 + 4 * bar, 4);
	return bytes[0] | bytes[1] << 8 | bytes[2] << 16 | std::uint32_t{bytes[3]} << 24;
}

void set_register_of_bar(const std::string &address, unsigned bar, std::uint32_t value)
{
	vm::set_config_word(address, PCI_BASE_ADDRESS_0 + 4 * bar, value & 0xffff);
	vm::set_config_word(address, PCI_BASE_ADDRESS_0 + 4 * bar + 2, value >> 16);
}

class ABarWithoutAnAddress : public testing::Test {
protected:
	vm::Flaws flaws_;
};

TEST_F(ABarWithoutAnAddress, OfMemoryLeavesTheIoBarToBeServed)
{
	flaws_.unassign(rtl8139, 1);
	const Granted granted(rtl8139);
	const Attachment attachment(rtl8139);
	pcipeek_access access = access_at(0, 0, 1);
	EXPECT_EQ(0, attachment.read(access));
	EXPECT_EQ(0x52U, access.value);
	EXPECT_EQ(ENXIO, read(attachment, 1));
}

TEST_F(ABarWithoutAnAddress, OfMemoryLeavesTheOtherMemoryBarToBeServed)
{
	vm::set_command(testdev, 0);
	flaws_.unassign(testdev, 0);
	{
		const Granted granted(testdev);
		const Attachment attachment(testdev);
		const vm::Mark mark = vm::mark_trace();
		EXPECT_EQ(0, read(attachment, 1));
		EXPECT_EQ(0, read(attachment, 2));
		EXPECT_EQ(ENXIO, read(attachment, 0));
		EXPECT_THAT(vm::accesses_since(mark, testdev),
			    ElementsAre(StartsWith("read bar1+0x00.b ")))
			<< "there is nothing behind BAR 2";
		EXPECT_THAT(vm::text_of("/proc/iomem"), HasSubstr(claim));
	}
	EXPECT_THAT(vm::text_of("/proc/iomem"), Not(HasSubstr(claim)));
	EXPECT_EQ(0, vm::command_of(testdev) & (PCI_COMMAND_MEMORY | PCI_COMMAND_IO));
}

TEST_F(ABarWithoutAnAddress, Of64BitsLeavesTheOthersToBeServed)
{
	flaws_.unassign(ivshmem, 2);
	const Granted granted(ivshmem);
	const Attachment attachment(ivshmem);
	const vm::Mark mark = vm::mark_trace();
	EXPECT_EQ(0, read(attachment, 0));
	EXPECT_EQ(ENXIO, read(attachment, 2));
	EXPECT_THAT(vm::accesses_since(mark, ivshmem), ElementsAre(StartsWith("read bar0+0x00.")));
}

TEST_F(ABarWithoutAnAddress, OfPortsLeavesTheMemoryBarsToBeServed)
{
	flaws_.unassign(testdev, 1);
	const Granted granted(testdev);
	const Attachment attachment(testdev);
	EXPECT_EQ(0, read(attachment, 0));
	EXPECT_EQ(0, read(attachment, 2));
	EXPECT_EQ(ENXIO, read(attachment, 1));
}

/* The board would answer for the other one, too. */
TEST_F(ABarWithoutAnAddress, WhoseRegisterHoldsTheAddressOfAnotherBoardIsRefused)
{
	vm::set_command(testdev, 0);
	flaws_.unassign(testdev, 0);
	const std::uint32_t before = register_of_bar(testdev, 0);
	set_register_of_bar(testdev, 0, register_of_bar(vm::edu, 0));
	EXPECT_EQ(EADDRNOTAVAIL, bind(testdev));
	EXPECT_EQ("", vm::link_name("devices/" + testdev + "/driver"));
	EXPECT_EQ(0, vm::command_of(testdev) & (PCI_COMMAND_MEMORY | PCI_COMMAND_IO));
	EXPECT_THAT(vm::text_of("/proc/iomem"), Not(HasSubstr(claim)));
	set_register_of_bar(testdev, 0, 0);
	EXPECT_EQ(EADDRNOTAVAIL, bind(testdev)) << "low memory";
	set_register_of_bar(testdev, 0, before);
	const Granted granted(testdev);
	EXPECT_EQ(0, read(Attachment(testdev), 2));
}

TEST_F(ABarWithoutAnAddress, OfMemoryAndOneOfPortsAreRefused)
{
	flaws_.unassign(testdev, 0);
	flaws_.unassign(testdev, 1);
	EXPECT_EQ(EADDRNOTAVAIL, bind(testdev));
}

TEST_F(ABarWithoutAnAddress, ThatIsItsOnlyOneIsRefused)
{
	flaws_.unassign(vm::nvme, 0);
	EXPECT_NE(0, bind(vm::nvme)) << "it has no other BAR";
}

} // namespace
