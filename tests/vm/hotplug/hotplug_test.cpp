// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
//
// A board is pulled out of its slot while it is in use: nobody was asked, and the kernel
// hears of it afterwards.

#include <gtest/gtest.h>
#include <linux/pci_regs.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/wait.h>

#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <thread>
#include <vector>

#include "attachment.hpp"
#include "eventually.hpp"
#include "readers.hpp"
#include "touch.hpp"

namespace {

using vm::Granted;
using vm::Readers;
using vm::Attachment;

/* A network board (8086:10d3) alone in its slot: machine-hotplug.conf. */
struct Slot {
	std::string port;
	std::string board;
};
const Slot second{"0000:00:0a.0", "0000:02:00.0"};
const Slot third{"0000:00:0b.0", "0000:03:00.0"};
const Slot fourth{"0000:00:0c.0", "0000:04:00.0"};
const Slot fifth{"0000:00:0d.0", "0000:05:00.0"};

/* Receive address 0 of the board: half of its MAC address, neither 0 nor all ones. */
constexpr std::uint64_t address_register = 0x5400;
constexpr std::uint32_t half_of_address = 0x0c005452;

/*
 * QEMU takes a board from a slot whose power and indicator go off. The slot's interrupt
 * comes when they are on again: to the kernel the board vanished under power.
 */
class PulledOut {
public:
	explicit PulledOut(const Slot &slot)
		: port_(slot.port),
		  at_(vm::capability_of(port_, PCI_CAP_ID_EXP) + PCI_EXP_SLTCTL),
		  control_(vm::config_word_of(port_, at_))
	{
		const std::uint16_t silent = control_ & ~PCI_EXP_SLTCTL_HPIE;
		const std::uint16_t off = (silent & ~PCI_EXP_SLTCTL_PIC) |
					  PCI_EXP_SLTCTL_PWR_IND_OFF | PCI_EXP_SLTCTL_PCC;
		for (const std::uint16_t word : {silent, off, silent})
			vm::set_config_word(port_, at_, word);
	}
	/* Only now does the kernel hear of it. */
	~PulledOut()
	{
		vm::set_config_word(port_, at_, control_);
	}
	PulledOut(const PulledOut &) = delete;
	PulledOut &operator=(const PulledOut &) = delete;

private:
	const std::string port_;
	const std::uint8_t at_;
	const std::uint16_t control_;
};

void pull_out(const Slot &slot)
{
	const PulledOut unnoticed(slot);
}

bool has_ended(const Attachment &attachment)
{
	return (attachment.info().state & PCIPEEK_STATE_ENDED) != 0;
}

/* Neither as a device of the kernel, nor as a place of its BARs, nor as a claim of pcipeek. */
bool is_left(const Slot &slot)
{
	const std::string places = vm::text_of("/proc/iomem");
	return std::filesystem::exists("/sys/bus/pci/devices/" + slot.board) ||
	       places.find(slot.board) != std::string::npos ||
	       places.find("pcipeek") != std::string::npos;
}

/* The kernel takes its time to find out, and one thing after the other. */
void expect_nothing_left(const Slot &slot)
{
	EXPECT_TRUE(vm::eventually([&slot] { return !is_left(slot); })) << slot.board;
}

TEST(ABoardThatIsPulledOut, EndsItsAttachmentsUnderReaders)
{
	const Granted granted(second.board);
	const Attachment attachment(second.board);
	Readers readers(attachment, vm::access_at(0, address_register, 4));
	pull_out(second);
	EXPECT_TRUE(vm::eventually([&attachment] { return has_ended(attachment); }));
	vm::expect_value_until_gone(readers, half_of_address);
	expect_nothing_left(second);
	EXPECT_EQ(static_cast<unsigned>(PCIPEEK_END_REMOVED), attachment.info().end_reason);
}

/* A batch that polls for longer than the test lasts, a mapping, and one who waits. */
TEST(ABoardThatIsPulledOut, EndsWhatWaitsForItAndTakesMappingsAway)
{
	const Granted granted(third.board);
	const Attachment attachment(third.board, vm::all_rights | PCIPEEK_RIGHT_MMAP);
	auto *const word = static_cast<volatile std::uint32_t *>(
		::mmap(nullptr, 4096, PROT_READ, MAP_SHARED, attachment.fd(), 0));
	ASSERT_NE(MAP_FAILED, word);
	EXPECT_EQ(0, vm::touch(word));

	std::vector<pcipeek_op> ops(1);
	ops[0].code = PCIPEEK_OP_POLL;
	ops[0].width = 4;
	ops[0].offset = address_register;
	ops[0].mask = 0xffffffff;
	ops[0].value = 1;
	ops[0].timeout_ns = PCIPEEK_BATCH_MAX_TIMEOUT_NS;
	pcipeek_batch batch =
		vm::batch_of(ops, std::chrono::nanoseconds(PCIPEEK_BATCH_MAX_TIMEOUT_NS));
	int polling = 0;
	std::thread thread([&] { polling = attachment.ioctl(PCIPEEK_IOC_BATCH, &batch); });
	std::this_thread::sleep_for(std::chrono::milliseconds(100)); /* until it polls */

	pull_out(third);
	pollfd entry{attachment.fd(), 0, 0};
	EXPECT_EQ(1, ::poll(&entry, 1, 20000));
	EXPECT_TRUE(entry.revents & POLLHUP);
	thread.join();
	EXPECT_TRUE(polling == ENODEV || polling == EIO) << polling;
	EXPECT_EQ(EFAULT, vm::touch(word));
	::munmap(const_cast<std::uint32_t *>(word), 4096);
	expect_nothing_left(third);
}

TEST(ABoardThatIsPulledOut, EndsForeignAttachments)
{
	const Attachment attachment(fourth.board, vm::all_rights, PCIPEEK_ATTACH_FOREIGN);
	pcipeek_access access = vm::access_at(0, address_register, 4);
	EXPECT_EQ(0, attachment.read(access));
	EXPECT_EQ(half_of_address, access.value);
	pull_out(fourth);
	EXPECT_TRUE(vm::eventually([&attachment] { return has_ended(attachment); }));
	EXPECT_EQ(ENODEV, attachment.read(access));
	expect_nothing_left(fourth);
	EXPECT_EQ(ENODEV,
		  Attachment(O_RDWR).attach(fourth.board, vm::all_rights, PCIPEEK_ATTACH_FOREIGN));
}

/* The status of `pcipeek reload`, and what it printed on standard error. */
int reload_status(const std::string &arguments, std::string &error)
{
	const std::string file = "/run/vm/reload";
	const int status = std::system(("pcipeek reload " + arguments + " 2>" + file).c_str());
	error = vm::text_of(file);
	return WEXITSTATUS(status);
}

TEST(ABoardThatIsPulledOut, IsNotFoundByAReloadWhichSaysSo)
{
	const Granted granted(fifth.board);
	{
		const PulledOut unnoticed(fifth);
		std::string error;
		EXPECT_EQ(7, reload_status("--timeout 200ms " + fifth.board, error));
		EXPECT_EQ("pcipeek: cannot reload 0000:05:00.0: it did not come back within 200 "
			  "ms; to look for it again, as root: echo 1 > /sys/bus/pci/rescan\n",
			  error);
		EXPECT_FALSE(std::filesystem::exists("/sys/bus/pci/devices/" + fifth.board));
	}
	expect_nothing_left(fifth);
}

} // namespace
