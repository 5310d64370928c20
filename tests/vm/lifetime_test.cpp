// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
//
// How an attachment ends, and what a reset does to it, with threads at work on it.

#include <fcntl.h>
#include <gtest/gtest.h>
#include <linux/pci_regs.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <fstream>
#include <memory>
#include <set>
#include <vector>

#include "attachment.hpp"
#include "cut_off.hpp"
#include "machine.hpp"
#include "readers.hpp"

namespace {

using vm::access_at;
using vm::Granted;
using vm::Readers;
using vm::Attachment;

using vm::edu;
using vm::serial;
using vm::nvme;

void rescan()
{
	ASSERT_EQ(0, vm::write_pci("rescan", "1"));
}

void remove(const std::string &address)
{
	ASSERT_EQ(0, vm::write_pci("devices/" + address + "/remove", "1"));
}

std::string lines_of(const std::string &file, const std::string &word)
{
	std::ifstream in(file);
	std::string all;
	for (std::string line; std::getline(in, line);)
		if (line.find(word) != std::string::npos)
			all += line + '\n';
	return all;
}

void expect_ended(const Attachment &attachment, unsigned reason)
{
	pcipeek_access access = access_at(0, 0, 4);
	EXPECT_EQ(ENODEV, attachment.read(access));
	EXPECT_EQ(ENODEV, attachment.write(access_at(0, 4, 4, 1)));
	std::uint32_t word = 0;
	pcipeek_block block = vm::block_at(0, 0, 4, 1, &word);
	EXPECT_EQ(ENODEV, attachment.block(block));
	const pcipeek_device_info info = attachment.info();
	EXPECT_EQ(reason, info.end_reason);
	EXPECT_EQ(PCIPEEK_STATE_ENDED,
		  info.state & (PCIPEEK_STATE_ENDED | PCIPEEK_STATE_LIVE | PCIPEEK_STATE_RESET));
	EXPECT_EQ(PCIPEEK_POWER_UNKNOWN, info.power_state);
}

TEST(Unbinding, EndsTheAttachmentsUnderReadersAndTellsWhy)
{
	auto granted = std::make_unique<Granted>(edu);
	const Attachment attachment(edu);
	Readers readers(attachment, access_at(0, 0, 4));
	granted.reset();
	readers.wait_for(100);
	EXPECT_EQ((std::set<int>{0, ENODEV}), readers.stop());
	EXPECT_EQ(std::set<std::uint64_t>{0x010000ed}, readers.values());
	expect_ended(attachment, PCIPEEK_END_UNBOUND);
	EXPECT_EQ(0x11e8, attachment.info().device_id);
}

TEST(Removal, EndsTheAttachmentsUnderReadersAndTellsWhy)
{
	const Granted granted(edu);
	const Attachment attachment(edu);
	Readers readers(attachment, access_at(0, 0, 4));
	remove(edu);
	readers.wait_for(100);
	EXPECT_EQ((std::set<int>{0, ENODEV}), readers.stop());
	expect_ended(attachment, PCIPEEK_END_REMOVED);
	EXPECT_EQ(ENODEV, Attachment(O_RDWR).attach(edu));
	rescan();
	expect_ended(attachment, PCIPEEK_END_REMOVED);
	const Granted again(edu);
	const Attachment next(edu);
	pcipeek_access access = access_at(0, 0, 4);
	EXPECT_EQ(0, next.read(access));
	EXPECT_EQ(ENODEV, attachment.read(access));
}

TEST(Removal, OfAForeignFunctionEndsTheAttachment)
{
	const Attachment attachment(edu, vm::all_rights, PCIPEEK_ATTACH_FOREIGN);
	pcipeek_access access = access_at(0, 0, 4);
	EXPECT_EQ(0, attachment.read(access));
	remove(edu);
	expect_ended(attachment, PCIPEEK_END_REMOVED);
	rescan();
}

TEST(AForeignAttachment, EndsWhenADriverBinds)
{
	const Attachment attachment(edu, vm::all_rights, PCIPEEK_ATTACH_FOREIGN);
	const Granted granted(edu);
	expect_ended(attachment, PCIPEEK_END_DRIVER_BOUND);
}

TEST(AForeignAttachment, EndsWhenItsDriverUnbinds)
{
	const Attachment attachment(serial, PCIPEEK_RIGHT_ALL_BARS | PCIPEEK_RIGHT_WRITE,
				    PCIPEEK_ATTACH_FOREIGN);
	ASSERT_EQ(0, vm::write_pci("drivers/serial/unbind", serial));
	expect_ended(attachment, PCIPEEK_END_UNBOUND);
	const Attachment unbound(serial, PCIPEEK_RIGHT_ALL_BARS, PCIPEEK_ATTACH_FOREIGN);
	EXPECT_FALSE(unbound.info().state & PCIPEEK_STATE_DRIVER);
	ASSERT_EQ(0, vm::write_pci("drivers/serial/bind", serial));
	EXPECT_EQ(static_cast<unsigned>(PCIPEEK_END_DRIVER_BOUND), unbound.info().end_reason);
}

TEST(AForeignAttachment, LivesThroughTheClosingOfAnother)
{
	const Attachment attachment(edu, PCIPEEK_RIGHT_ALL_BARS, PCIPEEK_ATTACH_FOREIGN);
	{
		const Attachment other(edu, PCIPEEK_RIGHT_ALL_BARS, PCIPEEK_ATTACH_FOREIGN);
	}
	pcipeek_access access = access_at(0, 0, 4);
	EXPECT_EQ(0, attachment.read(access));
}

TEST(Reset, UnderReadersIsDataOrEAGAINAndANewGeneration)
{
	const Granted granted(nvme);
	const Attachment attachment(nvme);
	Readers readers(attachment, access_at(0, 8, 4));
	for (int i = 0; i < 3; i++)
		ASSERT_EQ(0, vm::write_pci("devices/" + nvme + "/reset", "1"));
	readers.wait_for(100);
	for (const int error : readers.stop())
		EXPECT_TRUE(error == 0 || error == EAGAIN) << error;
	EXPECT_EQ(std::set<std::uint64_t>{0x00010400}, readers.values());
	const pcipeek_device_info info = attachment.info();
	EXPECT_EQ(4U, info.generation);
	EXPECT_FALSE(info.state & PCIPEEK_STATE_BUS_MASTER);
	EXPECT_TRUE(vm::command_of(nvme) & PCI_COMMAND_INTX_DISABLE);
	std::uint32_t word = 0;
	pcipeek_block block = vm::block_at(0, 8, 4, 1, &word);
	block.generation = 1;
	EXPECT_EQ(EAGAIN, attachment.block(block));
}

TEST(Claims, StandInIomemWhileGrantedAndAreGoneAfterwards)
{
	const std::string before = lines_of("/proc/iomem", edu);
	{
		const Granted granted(edu);
		EXPECT_NE("", lines_of("/proc/iomem", "pcipeek"));
	}
	EXPECT_EQ("", lines_of("/proc/iomem", "pcipeek"));
	EXPECT_EQ(before, lines_of("/proc/iomem", edu));
}

/* What has a claim is not for sysfs: the kernel has CONFIG_IO_STRICT_DEVMEM. */
TEST(Claims, KeepSysfsFromMappingTheBar)
{
	const std::string resource = "/sys/bus/pci/devices/" + edu + "/resource0";
	const int fd = ::open(resource.c_str(), O_RDWR | O_CLOEXEC);
	ASSERT_LE(0, fd) << resource;
	const auto map = [fd] {
		void *at = ::mmap(nullptr, 4096, PROT_READ, MAP_SHARED, fd, 0);
		return at == MAP_FAILED ? errno : ::munmap(at, 4096);
	};
	EXPECT_EQ(0, map());
	{
		const Granted granted(edu);
		EXPECT_NE(0, map());
	}
	EXPECT_EQ(0, map());
	::close(fd);
}

/* The port above nvme. */
const std::string &port = vm::bridge;

/* No config read answers any more, as when a board is pulled out: only then is it taken. */
TEST(AFunctionThatVanished, CanBeTakenBackAndGrantedAgain)
{
	auto granted = std::make_unique<Granted>(nvme);
	const Attachment attachment(nvme);
	pcipeek_access access = access_at(0, 8, 4);
	ASSERT_EQ(0, attachment.read(access));
	const vm::CutOff cut_off(port);
	EXPECT_EQ(std::vector<std::uint8_t>(2, 0xff), vm::config_of(nvme, PCI_VENDOR_ID, 2));
	EXPECT_TRUE(attachment.info().state & PCIPEEK_STATE_OFFLINE);
	granted.reset();
	expect_ended(attachment, PCIPEEK_END_UNBOUND);
	cut_off.end();
	const Granted again(nvme);
	EXPECT_EQ(0, Attachment(nvme).read(access));
	EXPECT_EQ(0x00010400U, access.value);
}

TEST(AFunctionThatVanished, CannotBeGranted)
{
	const std::uint16_t command = vm::command_of(nvme);
	ASSERT_EQ(0, vm::write_pci("devices/" + nvme + "/driver_override", "pcipeek"));
	const vm::CutOff cut_off(port);
	EXPECT_EQ(EINVAL, vm::write_pci("drivers/pcipeek/bind", nvme));
	cut_off.end();
	EXPECT_EQ(command, vm::command_of(nvme));
	const Granted granted(nvme);
}

TEST(AFunctionThatVanished, CanBeRemovedAndFound)
{
	const Granted granted(nvme);
	const Attachment attachment(nvme);
	const vm::CutOff cut_off(port);
	remove(nvme);
	expect_ended(attachment, PCIPEEK_END_REMOVED);
	cut_off.end();
	rescan();
	const Granted again(nvme);
	pcipeek_access access = access_at(0, 8, 4);
	EXPECT_EQ(0, Attachment(nvme).read(access));
	EXPECT_EQ(0x00010400U, access.value);
}

TEST(TheModule, CannotBeUnloadedWhileAFileIsOpen)
{
	const Attachment attachment(O_RDONLY);
	EXPECT_EQ(-1, ::syscall(SYS_delete_module, "pcipeek", O_NONBLOCK));
	EXPECT_EQ(EAGAIN, errno);
}

} // namespace
