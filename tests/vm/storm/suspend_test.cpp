// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
//
// The machine goes to sleep and wakes up, under open files: all of the way down to where
// devices are in D3hot, by the kernel's own means of testing that (power/basic-pm-debugging).

#include <gtest/gtest.h>
#include <linux/pci_regs.h>
#include <sys/mman.h>
#include <sys/mount.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <string>

#include "attachment.hpp"
#include "bus_error.hpp"
#include "eventually.hpp"
#include "machine.hpp"

namespace {

using vm::Granted;
using vm::Attachment;

/* 8086:10d3, of the machine of this plan alone */
const std::string network = "0000:03:00.0";
using vm::nvme;
using vm::rtl8139;
constexpr std::uint32_t version = 0x00010400;
constexpr std::uint32_t mac = 0x0c005452;

void write_to(const std::string &file, const std::string &text)
{
	std::ofstream out(file);
	out << text << std::flush;
	EXPECT_TRUE(out) << file << ": " << text;
}

/* QEMU's file system cannot sleep: its driver in the kernel does not wake it up. */
void put_the_trace_away()
{
	const std::string driver = "/sys/bus/virtio/drivers/9pnet_virtio/";
	ASSERT_EQ(0, ::umount2("/trace", 0)) << std::strerror(errno);
	for (const auto &entry : std::filesystem::directory_iterator(driver)) {
		const std::string name = entry.path().filename();
		if (name.rfind("virtio", 0) == 0)
			write_to(driver + "unbind", name);
	}
}

std::uint64_t value_at(const Attachment &attachment, std::uint64_t offset)
{
	pcipeek_access access = vm::access_at(0, offset, 4);
	EXPECT_EQ(0, attachment.read(access));
	return access.value;
}

void sleep_and_wake()
{
	write_to("/sys/power/pm_test", "platform");
	write_to("/sys/power/state", "freeze");
	write_to("/sys/power/pm_test", "none");
}

class SystemSleep : public testing::Test {
protected:
	static void SetUpTestSuite()
	{
		vm::load_aer_inject();
		put_the_trace_away();
	}
};

TEST_F(SystemSleep, IsAResetToGrantedFunctionsAndNothingToForeignOnes)
{
	const Granted granted(nvme);
	const Attachment attachment(nvme, vm::all_rights | PCIPEEK_RIGHT_MMAP);
	const Attachment foreign(rtl8139, PCIPEEK_RIGHT_ALL_BARS, PCIPEEK_ATTACH_FOREIGN);
	void *at = ::mmap(nullptr, 4096, PROT_READ, MAP_SHARED, attachment.fd(), 0);
	ASSERT_NE(MAP_FAILED, at);
	const auto *registers = static_cast<const volatile std::uint32_t *>(at);
	ASSERT_EQ(version, registers[2]);
	ASSERT_EQ(version, value_at(attachment, 8));
	ASSERT_EQ(mac, value_at(foreign, 0));

	sleep_and_wake();

	EXPECT_EQ(2U, attachment.info().generation);
	EXPECT_EQ(1U, foreign.info().generation);
	EXPECT_EQ(version, value_at(attachment, 8));
	EXPECT_EQ(version, registers[2]);
	EXPECT_EQ(mac, value_at(foreign, 0));
	EXPECT_FALSE(attachment.info().state & PCIPEEK_STATE_BUS_MASTER);
	EXPECT_TRUE(vm::command_of(nvme) & PCI_COMMAND_INTX_DISABLE);
	std::uint32_t word = 0;
	pcipeek_block block = vm::block_at(0, 8, 4, 1, &word);
	block.generation = 1;
	EXPECT_EQ(EAGAIN, attachment.block(block));
	::munmap(at, 4096);
}

TEST_F(SystemSleep, IsFollowedByBusMasteringIfThatWasAskedFor)
{
	const Granted granted(nvme);
	const Attachment master(nvme, vm::all_rights, PCIPEEK_ATTACH_BUS_MASTER);

	sleep_and_wake();

	EXPECT_EQ(2U, master.info().generation);
	EXPECT_TRUE(master.info().state & PCIPEEK_STATE_BUS_MASTER);
	EXPECT_TRUE(vm::command_of(nvme) & PCI_COMMAND_INTX_DISABLE);
}

/* It uses up the state that pci_save_state() left in the kernel's record. */
TEST_F(SystemSleep, DoesNotKeepAnErrorOfTheBusFromBeingRecovered)
{
	const Granted granted(network);
	const Attachment attachment(network);
	const std::uint64_t before = value_at(attachment, 8);
	sleep_and_wake();
	ASSERT_EQ(2U, attachment.info().generation);
	EXPECT_EQ(0, vm::inject(network, PCI_ERR_UNC_MALF_TLP));
	EXPECT_TRUE(vm::eventually([&] { return attachment.info().generation == 3; }));
	EXPECT_EQ(before, value_at(attachment, 8));
}

} // namespace
