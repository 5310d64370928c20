// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
//
// Bus mastering that a file asked for: when it is on, and who may ask.

#include <gtest/gtest.h>
#include <linux/capability.h>
#include <linux/pci_regs.h>
#include <sched.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <memory>
#include <string>
#include <thread>

#include "attachment.hpp"
#include "machine.hpp"

namespace {

using vm::all_rights;
using vm::as_user;
using vm::Attachment;
using vm::edu;
using vm::Granted;
using vm::nvme;
using vm::testdev;

constexpr std::uint32_t bus_master = PCIPEEK_ATTACH_BUS_MASTER;
constexpr std::uint32_t requested = PCIPEEK_STATE_BUS_MASTER_REQUESTED;
constexpr std::uint32_t held = PCIPEEK_STATE_BUS_MASTER_HELD;
constexpr std::uint32_t all_states = PCIPEEK_STATE_BUS_MASTER | requested | held;

bool masters(const std::string &address)
{
	return vm::command_of(address) & PCI_COMMAND_MASTER;
}

void set_mastering(const std::string &address, bool on)
{
	const std::uint16_t command = vm::command_of(address);
	vm::set_command(address, on ? command | PCI_COMMAND_MASTER : command & ~PCI_COMMAND_MASTER);
}

std::unique_ptr<Attachment> master_of(const std::string &address)
{
	return std::make_unique<Attachment>(address, all_rights, bus_master);
}

std::uint32_t states_of(const Attachment &attachment)
{
	return attachment.info().state & all_states;
}

int restrict_to(const Attachment &attachment, std::uint64_t rights)
{
	pcipeek_restrict argument{};
	argument.size = sizeof(argument);
	argument.rights = rights;
	return attachment.ioctl(PCIPEEK_IOC_RESTRICT, &argument);
}

void reset(const std::string &address)
{
	ASSERT_EQ(0, vm::write_pci("devices/" + address + "/reset", "1"));
}

TEST(RequestedBusMastering, IsAFeature)
{
	const Attachment attachment(O_RDONLY);
	pcipeek_version version{};
	version.size = sizeof(version);
	ASSERT_EQ(0, attachment.ioctl(PCIPEEK_IOC_VERSION, &version));
	EXPECT_TRUE(version.features & PCIPEEK_FEATURE_BUS_MASTER);
}

TEST(RequestedBusMastering, IsOnFromAttachToCloseAndDeviceInfoTells)
{
	const Granted granted(edu);
	const Attachment reader(edu, PCIPEEK_RIGHT_ALL_BARS);
	EXPECT_EQ(0U, states_of(reader));
	auto master = master_of(edu);
	EXPECT_TRUE(masters(edu));
	EXPECT_EQ(all_states, states_of(*master));
	EXPECT_EQ(all_states & ~held, states_of(reader));
	master.reset();
	EXPECT_FALSE(masters(edu));
	EXPECT_EQ(0U, states_of(reader));
}

TEST(RequestedBusMastering, IsOnUntilTheLastFileThatAskedIsClosed)
{
	const Granted granted(edu);
	auto first = master_of(edu);
	auto second = master_of(edu);
	first.reset();
	EXPECT_TRUE(masters(edu));
	EXPECT_EQ(all_states, states_of(*second));
	second.reset();
	EXPECT_FALSE(masters(edu));
}

TEST(RequestedBusMastering, GoesOffThoughSomebodyWhoDidNotAskMayStillWrite)
{
	const Granted granted(edu);
	auto master = master_of(edu);
	const Attachment writer(edu);
	EXPECT_TRUE(masters(edu)) << "another writer changes nothing";
	EXPECT_EQ(all_states & ~held, states_of(writer));
	master.reset();
	EXPECT_FALSE(masters(edu));
}

TEST(RequestedBusMastering, StaysWhenAnotherWriterCloses)
{
	const Granted granted(edu);
	auto writer = std::make_unique<Attachment>(edu);
	const auto master = master_of(edu);
	EXPECT_TRUE(masters(edu)) << "the second writer asked";
	writer.reset();
	EXPECT_TRUE(masters(edu));
}

TEST(RequestedBusMastering, GoesOffWithTheRightToWrite)
{
	const Granted granted(edu);
	const auto master = master_of(edu);
	EXPECT_EQ(0, restrict_to(*master, PCIPEEK_RIGHT_BAR(0) | PCIPEEK_RIGHT_WRITE));
	EXPECT_EQ(all_states, states_of(*master));
	EXPECT_EQ(0, restrict_to(*master, PCIPEEK_RIGHT_BAR(0)));
	EXPECT_FALSE(masters(edu));
	EXPECT_EQ(0U, states_of(*master));
	const auto other = master_of(edu);
	EXPECT_EQ(0, restrict_to(*master, 0)) << "it counted once";
	EXPECT_TRUE(masters(edu));
}

TEST(RequestedBusMastering, LastsUntilEveryDuplicateIsClosed)
{
	const Granted granted(edu);
	auto master = master_of(edu);
	const int copy = ::dup(master->fd());
	master.reset();
	EXPECT_TRUE(masters(edu));
	::close(copy);
	EXPECT_FALSE(masters(edu));
}

TEST(RequestedBusMastering, EndsWithTheGrant)
{
	auto granted = std::make_unique<Granted>(edu);
	const auto master = master_of(edu);
	granted.reset();
	EXPECT_FALSE(masters(edu));
	EXPECT_EQ(0U, states_of(*master));
	const Granted again(edu);
	EXPECT_FALSE(masters(edu)) << "the old file asks for nothing now";
	const auto other = master_of(edu);
	EXPECT_TRUE(masters(edu));
}

TEST(RequestedBusMastering, IsRefusedInTheWrongCompany)
{
	const Granted granted(edu);
	const Attachment file(O_RDWR);
	EXPECT_EQ(EINVAL, file.attach(edu, PCIPEEK_RIGHT_ALL_BARS, bus_master)) << "no WRITE";
	EXPECT_EQ(EINVAL, file.attach(edu, all_rights, bus_master | PCIPEEK_ATTACH_FOREIGN));
	EXPECT_EQ(EINVAL, file.attach(testdev, all_rights, bus_master | PCIPEEK_ATTACH_FOREIGN));
	EXPECT_EQ(EPERM, file.attach(testdev, all_rights, bus_master)) << "not granted";
	EXPECT_EQ(EACCES, Attachment(O_RDONLY).attach(edu, all_rights, bus_master));
	EXPECT_FALSE(masters(edu));
	EXPECT_EQ(0, file.attach(edu, all_rights | PCIPEEK_RIGHT_MMAP,
				 bus_master | PCIPEEK_ATTACH_EXCLUSIVE));
	EXPECT_TRUE(masters(edu));
}

TEST(RequestedBusMastering, IsNotGivenByARefusedAttach)
{
	const Granted granted(edu);
	const Attachment holder(edu, all_rights, PCIPEEK_ATTACH_EXCLUSIVE);
	EXPECT_EQ(EUSERS, Attachment(O_RDWR).attach(edu, all_rights,
						    bus_master | PCIPEEK_ATTACH_EXCLUSIVE));
	EXPECT_FALSE(masters(edu));
	EXPECT_EQ(0U, states_of(holder) & requested);
}

/* Root without one capability. */
int drop_rawio()
{
	__user_cap_header_struct header{.version = _LINUX_CAPABILITY_VERSION_3, .pid = 0};
	std::array<__user_cap_data_struct, 2> data{};
	if (::syscall(SYS_capget, &header, data.data()) != 0)
		return errno;
	data[0].effective &= ~(1U << CAP_SYS_RAWIO);
	return ::syscall(SYS_capset, &header, data.data()) == 0 ? 0 : errno;
}

int attach_to_edu(const Attachment &file)
{
	return file.attach(edu, all_rights, bus_master);
}

TEST(RequestedBusMastering, NeedsCapSysRawio)
{
	const Granted granted(edu);
	const Attachment file(O_RDWR);
	EXPECT_EQ(EPERM, as_user([&] { return attach_to_edu(file); }));
	EXPECT_EQ(EPERM,
		  as_user([&] { return ::unshare(CLONE_NEWUSER) ? 254 : attach_to_edu(file); }))
		<< "root of a container";
	std::thread([&] {
		EXPECT_EQ(0, drop_rawio());
		EXPECT_EQ(EPERM, attach_to_edu(file));
	}).join();
	EXPECT_FALSE(masters(edu));
	EXPECT_EQ(0, as_user([&] { return file.attach(edu, all_rights); })) << "without the flag";
	EXPECT_FALSE(masters(edu));
}

TEST(RequestedBusMastering, IsForWhoeverIsHandedTheFile)
{
	const Granted granted(edu);
	auto master = master_of(edu);
	EXPECT_EQ(0, as_user([&] { return states_of(*master) == all_states ? 0 : 1; }));
	EXPECT_EQ(0, as_user([&] { return master->write(vm::access_at(0, 4, 4, 1)); }));
}

TEST(RequestedBusMastering, IsNotTurnedOffByRootsReaders)
{
	const Granted granted(edu);
	const auto master = master_of(edu);
	{
		const Attachment reader(edu, PCIPEEK_RIGHT_ALL_BARS);
	}
	EXPECT_TRUE(masters(edu));
	set_mastering(edu, false);
	EXPECT_EQ(requested | held, states_of(*master)) << "root can do that, and it shows";
	const auto other = master_of(edu);
	EXPECT_EQ(all_states, states_of(*master)) << "somebody asks again";
}

TEST(RequestedBusMastering, IsOnAgainAfterAReset)
{
	const Granted granted(nvme);
	const auto master = master_of(nvme);
	reset(nvme);
	EXPECT_EQ(2U, master->info().generation);
	EXPECT_TRUE(masters(nvme));
	EXPECT_TRUE(vm::command_of(nvme) & PCI_COMMAND_INTX_DISABLE);
	set_mastering(nvme, false);
	reset(nvme);
	EXPECT_TRUE(masters(nvme)) << "whatever it was before";
}

TEST(RequestedBusMastering, IsOffAfterAResetIfNobodyAsksAnyMore)
{
	const Granted granted(nvme);
	auto master = master_of(nvme);
	const Attachment writer(nvme);
	master.reset();
	set_mastering(nvme, true);
	reset(nvme);
	EXPECT_FALSE(masters(nvme));
}

/* Files come and go while the kernel saves and restores the command word. */
TEST(RequestedBusMastering, IsRightAfterResetsAmidComingsAndGoings)
{
	const Granted granted(nvme);
	std::atomic<bool> over = false;
	std::atomic<unsigned> attached = 0;
	std::thread comer([&] {
		while (!over) {
			const auto master = master_of(nvme);
			attached++;
			if (!(states_of(*master) & requested))
				ADD_FAILURE() << "it does not ask";
		}
	});
	while (attached == 0)
		std::this_thread::yield();
	for (int i = 0; i < 20; i++) {
		reset(nvme);
		const unsigned before = attached;
		while (attached == before)
			std::this_thread::yield();
	}
	over = true;
	comer.join();
	EXPECT_FALSE(masters(nvme));
	EXPECT_LT(20U, attached);
}

TEST(RequestedBusMastering, StaysThroughResetsWhileOthersComeAndGo)
{
	const Granted granted(nvme);
	const auto holder = master_of(nvme);
	std::atomic<bool> over = false;
	std::thread comer([&] {
		while (!over)
			master_of(nvme);
	});
	for (int i = 0; i < 20; i++) {
		reset(nvme);
		EXPECT_TRUE(masters(nvme)) << i;
	}
	over = true;
	comer.join();
	EXPECT_EQ(all_states, states_of(*holder));
}

} // namespace
