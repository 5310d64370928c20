// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
//
// ATTACH: granted and foreign functions, rights, exclusive access, bus mastering.

#include <gtest/gtest.h>
#include <linux/pci_regs.h>
#include <sched.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <functional>
#include <memory>

#include "attachment.hpp"
#include "machine.hpp"

namespace {

using vm::access_at;
using vm::all_rights;
using vm::as_user;
using vm::command_of;
using vm::Granted;
using vm::set_command;
using vm::Attachment;

using vm::host_bridge;
using vm::edu;
using vm::testdev;
using vm::serial;
const std::string &root_port = vm::bridge;
using vm::nobody_there;

TEST(Attach, ASecondOneIsEISCONNAndChangesNothing)
{
	const Granted granted(edu);
	const Granted other(testdev);
	const Attachment attachment(edu);
	EXPECT_EQ(EISCONN, attachment.attach(testdev));
	EXPECT_EQ(0x11e8, attachment.info().device_id);
}

TEST(Attach, AFailedOneLeavesTheFileAsItWas)
{
	const Granted granted(edu);
	const Attachment attachment(O_RDWR);
	EXPECT_EQ(ENODEV, attachment.attach(nobody_there));
	EXPECT_EQ(0, attachment.attach(edu));
}

TEST(Attach, IsENODEVWhereThereIsNoFunction)
{
	const Attachment attachment(O_RDWR);
	for (const char *address :
	     {"0000:00:1e.7", "0000:77:00.0", "0001:00:03.0", "ffffffff:00:03.0"})
		EXPECT_EQ(ENODEV, attachment.attach(address)) << address;
}

TEST(Attach, IsEPERMForAFunctionThatWasNotGranted)
{
	EXPECT_EQ(EPERM, Attachment(O_RDWR).attach(edu));
	EXPECT_EQ(EPERM, Attachment(O_RDWR).attach(host_bridge));
}

TEST(Attach, IsEBUSYForAFunctionThatADriverHas)
{
	EXPECT_EQ(EBUSY, Attachment(O_RDWR).attach(serial));
	EXPECT_EQ(EBUSY, Attachment(O_RDWR).attach(root_port));
}

TEST(Attach, WorksBesideADriverWhenForeignIsSaid)
{
	const Attachment attachment(serial, PCIPEEK_RIGHT_ALL_BARS, PCIPEEK_ATTACH_FOREIGN);
	const pcipeek_device_info info = attachment.info();
	EXPECT_EQ(PCIPEEK_STATE_DRIVER | PCIPEEK_STATE_LIVE,
		  info.state & (PCIPEEK_STATE_GRANTED | PCIPEEK_STATE_DRIVER | PCIPEEK_STATE_LIVE));
}

TEST(Attach, ForeignOnAGrantedFunctionIsEINVAL)
{
	const Granted granted(edu);
	EXPECT_EQ(EINVAL, Attachment(O_RDWR).attach(edu, all_rights, PCIPEEK_ATTACH_FOREIGN));
}

TEST(Attach, ForeignWithoutRawIoIsEPERM)
{
	const Attachment attachment(O_RDWR);
	EXPECT_EQ(EPERM, as_user([&] {
			  return attachment.attach(edu, PCIPEEK_RIGHT_ALL_BARS,
						   PCIPEEK_ATTACH_FOREIGN);
		  }));
}

/* In a process that has all capabilities in a user namespace of its own, and none outside. */
int as_root_of_a_container(const std::function<int()> &task)
{
	return as_user([&task] {
		if (::unshare(CLONE_NEWUSER) != 0)
			return 254;
		/* what an ordinary user may not, and a container's root may */
		return ::unshare(CLONE_NEWNS) == 0 ? task() : 253;
	});
}

TEST(Attach, OfAContainersRootIsThatOfAnOrdinaryUser)
{
	const Granted granted(testdev);
	const Attachment unattached(O_RDWR);
	EXPECT_EQ(EPERM, as_root_of_a_container([&] {
			  return unattached.attach(edu, PCIPEEK_RIGHT_ALL_BARS,
						   PCIPEEK_ATTACH_FOREIGN);
		  }));
	const Attachment holder(testdev, all_rights, PCIPEEK_ATTACH_EXCLUSIVE);
	EXPECT_EQ(EUSERS, as_root_of_a_container([&] { return unattached.attach(testdev); }));
	EXPECT_EQ(0, unattached.attach(testdev)) << "the machine's root";
}

TEST(Attach, AGrantedFunctionIsForWhoeverHasTheNode)
{
	const Granted granted(edu);
	const Attachment attachment(O_RDWR);
	EXPECT_EQ(0, as_user([&] { return attachment.attach(edu); }));
}

TEST(Attach, WriteNeedsAFileThatIsOpenForWriting)
{
	const Granted granted(edu);
	const Attachment attachment(O_RDONLY);
	EXPECT_EQ(EACCES, attachment.attach(edu));
	EXPECT_EQ(0, attachment.attach(edu, PCIPEEK_RIGHT_ALL_BARS));
}

TEST(Attach, NeedsAFileThatIsOpenForReading)
{
	const Granted granted(edu);
	EXPECT_EQ(EACCES, Attachment(O_WRONLY).attach(edu, PCIPEEK_RIGHT_ALL_BARS));
}

TEST(Attach, ExclusiveNeedsWriteAndAGrantedFunction)
{
	const Granted granted(edu);
	EXPECT_EQ(EINVAL,
		  Attachment(O_RDWR).attach(edu, PCIPEEK_RIGHT_ALL_BARS, PCIPEEK_ATTACH_EXCLUSIVE));
	EXPECT_EQ(EINVAL,
		  Attachment(O_RDWR).attach(testdev, all_rights,
					    PCIPEEK_ATTACH_EXCLUSIVE | PCIPEEK_ATTACH_FOREIGN));
}

TEST(Attach, ExclusiveIsEUSERSWhileSomebodyIsThere)
{
	const Granted granted(edu);
	auto first = std::make_unique<Attachment>(edu, PCIPEEK_RIGHT_ALL_BARS);
	const Attachment second(O_RDWR);
	EXPECT_EQ(EUSERS, second.attach(edu, all_rights, PCIPEEK_ATTACH_EXCLUSIVE));
	first.reset();
	EXPECT_EQ(0, second.attach(edu, all_rights, PCIPEEK_ATTACH_EXCLUSIVE));
	EXPECT_TRUE(second.info().state & PCIPEEK_STATE_EXCLUSIVE);
}

TEST(Attach, IsEUSERSBesideAnExclusiveFileButForAnAdministrator)
{
	const Granted granted(edu);
	auto holder = std::make_unique<Attachment>(edu, all_rights, PCIPEEK_ATTACH_EXCLUSIVE);
	const Attachment attachment(O_RDWR);
	EXPECT_EQ(EUSERS, as_user([&] { return attachment.attach(edu); }));
	EXPECT_EQ(0, Attachment(O_RDWR).attach(edu));
	holder.reset();
	EXPECT_EQ(0, as_user([&] { return attachment.attach(edu); }));
}

TEST(ARight, ThatWasNotAskedForIsEACCES)
{
	const Granted granted(edu);
	pcipeek_access access = access_at(0, 0, 4);
	const Attachment blind(edu, 0);
	EXPECT_EQ(EACCES, blind.read(access));
	const Attachment reader(edu, PCIPEEK_RIGHT_BAR(0));
	EXPECT_EQ(0, reader.read(access));
	EXPECT_EQ(EACCES, reader.write(access_at(0, 4, 4, 1)));
	const Attachment other(edu, PCIPEEK_RIGHT_BAR(1) | PCIPEEK_RIGHT_WRITE);
	EXPECT_EQ(EACCES, other.write(access_at(0, 4, 4, 1)));
}

TEST(DeviceInfo, TellsWhatWasAttached)
{
	const Granted granted(edu);
	const Attachment attachment(edu, PCIPEEK_RIGHT_BAR(0));
	const pcipeek_device_info info = attachment.info();
	EXPECT_EQ(0U, info.domain);
	EXPECT_EQ(0, info.bus);
	EXPECT_EQ(0x18, info.devfn);
	EXPECT_EQ(0x1234, info.vendor_id);
	EXPECT_EQ(0x11e8, info.device_id);
	EXPECT_EQ(0x1af4, info.subsystem_vendor_id);
	EXPECT_EQ(0x1100, info.subsystem_id);
	EXPECT_EQ(0x00ff00U, info.class_code);
	EXPECT_EQ(0x10, info.revision_id);
	EXPECT_EQ(PCIPEEK_POWER_D0, info.power_state);
	EXPECT_EQ(PCIPEEK_RIGHT_BAR(0), info.rights);
	EXPECT_EQ(PCIPEEK_STATE_GRANTED | PCIPEEK_STATE_LIVE | PCIPEEK_STATE_MEMORY_DECODE,
		  info.state & ~static_cast<unsigned>(PCIPEEK_STATE_IO_DECODE));
	EXPECT_EQ(static_cast<unsigned>(PCIPEEK_END_NONE), info.end_reason);
	EXPECT_EQ(1U, info.generation);
}

class BarInfo : public testing::Test {
protected:
	static int ask(const Attachment &attachment, std::uint8_t bar, pcipeek_bar_info &info)
	{
		info = {};
		info.size = sizeof(info);
		info.bar = bar;
		return attachment.ioctl(PCIPEEK_IOC_BAR_INFO, &info);
	}

	Granted granted_{testdev};
	Attachment attachment_{testdev};
	pcipeek_bar_info info_{};
};

TEST_F(BarInfo, DescribesAMemoryBar)
{
	ASSERT_EQ(0, ask(attachment_, 0, info_));
	EXPECT_EQ(PCIPEEK_BAR_MEMORY, info_.kind);
	EXPECT_EQ(4096U, info_.length);
	EXPECT_EQ(8, info_.max_width);
	EXPECT_EQ(0U, info_.attributes);
	EXPECT_NE(0U, info_.address);
}

TEST_F(BarInfo, DescribesAnIoBar)
{
	ASSERT_EQ(0, ask(attachment_, 1, info_));
	EXPECT_EQ(PCIPEEK_BAR_IO, info_.kind);
	EXPECT_EQ(4, info_.max_width);
	EXPECT_EQ(0U, info_.mmap_length);
}

TEST_F(BarInfo, DescribesA64BitPrefetchableBar)
{
	ASSERT_EQ(0, ask(attachment_, 2, info_));
	EXPECT_EQ(static_cast<unsigned>(PCIPEEK_BAR_64BIT | PCIPEEK_BAR_PREFETCHABLE),
		  info_.attributes);
	EXPECT_EQ(1U << 20, info_.length);
}

TEST_F(BarInfo, IsENXIOForABarThatIsNotThere)
{
	EXPECT_EQ(ENXIO, ask(attachment_, 3, info_)) << "the upper half of BAR 2";
	EXPECT_EQ(ENXIO, ask(attachment_, 5, info_));
	EXPECT_EQ(ENXIO, ask(attachment_, 6, info_));
	EXPECT_EQ(ENXIO, ask(attachment_, 255, info_));
}

bool masters(const std::string &address)
{
	return command_of(address) & PCI_COMMAND_MASTER;
}

void let_master(const std::string &address)
{
	set_command(address, command_of(address) | PCI_COMMAND_MASTER);
}

int restrict_to(const Attachment &attachment, std::uint64_t rights)
{
	pcipeek_restrict argument{};
	argument.size = sizeof(argument);
	argument.rights = rights;
	return attachment.ioctl(PCIPEEK_IOC_RESTRICT, &argument);
}

TEST(BusMastering, IsOffAfterTheFunctionWasGranted)
{
	let_master(edu);
	const Granted granted(edu);
	EXPECT_FALSE(masters(edu));
}

TEST(BusMastering, GoesOffWithTheFirstWriterAndTheLastOneAndNotInBetween)
{
	const Granted granted(edu);
	let_master(edu);
	auto first = std::make_unique<Attachment>(edu);
	EXPECT_FALSE(masters(edu));
	EXPECT_FALSE(first->info().state & PCIPEEK_STATE_BUS_MASTER);
	let_master(edu);
	auto second = std::make_unique<Attachment>(edu);
	first.reset();
	EXPECT_TRUE(masters(edu));
	EXPECT_TRUE(second->info().state & PCIPEEK_STATE_BUS_MASTER);
	second.reset();
	EXPECT_FALSE(masters(edu));
}

/* What `pcipeek info` does: a look changes nothing, and tells the truth. */
TEST(BusMastering, IsLeftAloneByWhoOnlyReads)
{
	const Granted granted(edu);
	let_master(edu);
	{
		const Attachment reader(edu, PCIPEEK_RIGHT_ALL_BARS);
		EXPECT_TRUE(reader.info().state & PCIPEEK_STATE_BUS_MASTER);
		pcipeek_access access = access_at(0, 0, 4);
		EXPECT_EQ(0, reader.read(access));
		EXPECT_TRUE(masters(edu));
	}
	EXPECT_TRUE(masters(edu));
}

TEST(BusMastering, GoesOffWithTheLastWriterThoughSomebodyStillReads)
{
	const Granted granted(edu);
	const Attachment reader(edu, PCIPEEK_RIGHT_ALL_BARS);
	auto writer = std::make_unique<Attachment>(edu);
	let_master(edu);
	writer.reset();
	EXPECT_FALSE(masters(edu));
}

TEST(BusMastering, GoesOffWhenTheLastWriterGivesTheRightUp)
{
	const Granted granted(edu);
	const Attachment first(edu);
	const Attachment second(edu);
	let_master(edu);
	EXPECT_EQ(0, restrict_to(first, PCIPEEK_RIGHT_ALL_BARS));
	EXPECT_EQ(0, restrict_to(first, PCIPEEK_RIGHT_BAR(0)));
	EXPECT_TRUE(masters(edu));
	EXPECT_EQ(0, restrict_to(second, PCIPEEK_RIGHT_ALL_BARS));
	EXPECT_FALSE(masters(edu));
	let_master(edu);
	EXPECT_EQ(0, restrict_to(second, PCIPEEK_RIGHT_BAR(0)));
	EXPECT_TRUE(masters(edu));
}

TEST(BusMastering, OfAForeignFunctionIsLeftAlone)
{
	let_master(testdev);
	const std::uint16_t before = command_of(testdev);
	{
		const Attachment attachment(testdev, all_rights, PCIPEEK_ATTACH_FOREIGN);
		pcipeek_access access = access_at(0, 0, 1);
		attachment.read(access);
	}
	EXPECT_EQ(before, command_of(testdev));
	set_command(testdev, before & ~PCI_COMMAND_MASTER);
}

TEST(Intx, IsMaskedWhileAFunctionIsGrantedAndAsBeforeAfterwards)
{
	const std::uint16_t before = command_of(edu) & ~PCI_COMMAND_MASTER;
	{
		const Granted granted(edu);
		EXPECT_TRUE(command_of(edu) & PCI_COMMAND_INTX_DISABLE);
	}
	EXPECT_EQ(before, command_of(edu));
}

TEST(Granting, IsRefusedForABridgeAndForAFunctionWithoutABar)
{
	EXPECT_EQ(0, vm::write_pci("devices/" + host_bridge + "/driver_override", "pcipeek"));
	EXPECT_NE(0, vm::write_pci("drivers/pcipeek/bind", host_bridge));
	EXPECT_EQ(0, vm::write_pci("devices/" + host_bridge + "/driver_override", "\n"));
	EXPECT_EQ("", vm::link_name("devices/" + host_bridge + "/driver"));
}

} // namespace
