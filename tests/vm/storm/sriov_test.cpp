// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
//
// Virtual functions: whether they decode is said by their physical function's registers.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <linux/pci_regs.h>

#include <cerrno>
#include <cstdlib>
#include <string>

#include "attachment.hpp"
#include "trace.hpp"

namespace {

using vm::Granted;
using vm::Attachment;

const std::string physical = "0000:02:00.0";
const std::string virtual1 = "0000:02:00.1";
const std::string virtual2 = "0000:02:00.2";
/* CSTS, which QEMU's functions answer even before they are set up */
constexpr std::uint64_t status = 0x1c;

class VirtualFunctions : public testing::Test {
protected:
	void SetUp() override
	{
		ASSERT_EQ(0, std::system("modprobe pci-pf-stub"));
		ASSERT_EQ(0,
			  vm::write_pci("devices/" + physical + "/driver_override", "pci-pf-stub"));
		ASSERT_EQ(0, vm::write_pci("drivers/pci-pf-stub/bind", physical));
		ASSERT_EQ(0, enable(2));
	}

	void TearDown() override
	{
		EXPECT_EQ(0, enable(0));
		EXPECT_EQ(0, vm::write_pci("drivers/pci-pf-stub/unbind", physical));
		EXPECT_EQ(0, vm::write_pci("devices/" + physical + "/driver_override", "\n"));
	}

	static int enable(int functions)
	{
		return vm::write_pci("devices/" + physical + "/sriov_numvfs",
				     std::to_string(functions));
	}
};

void expect_success(const Attachment &attachment)
{
	pcipeek_access access = vm::access_at(0, status, 4);
	EXPECT_EQ(0, attachment.read(access));
	EXPECT_TRUE(attachment.info().state & PCIPEEK_STATE_MEMORY_DECODE);
}

void expect_answers(const Attachment &attachment, const std::string &address)
{
	const vm::Mark mark = vm::mark_trace();
	expect_success(attachment);
	EXPECT_THAT(vm::accesses_since(mark, address), testing::SizeIs(1));
}

/*
 * QEMU's virtual functions differ from those of the specification: theirs answer only
 * after that bit was written to them, as granting does. So what a foreign one answers is
 * not looked at, but only that its word was not held against it.
 */
TEST_F(VirtualFunctions, AreNotAskedForTheirCommandWord)
{
	EXPECT_EQ(0, vm::command_of(virtual2) & PCI_COMMAND_MEMORY);
	expect_success(Attachment(virtual2, PCIPEEK_RIGHT_ALL_BARS, PCIPEEK_ATTACH_FOREIGN));
	const Granted granted(virtual1);
	expect_answers(Attachment(virtual1), virtual1);
}

/* The physical function's device_lock is held while these are removed. */
TEST_F(VirtualFunctions, EndTheirAttachmentsWhenTheyAreSwitchedOff)
{
	const Granted granted(virtual1);
	const Attachment attachment(virtual1);
	const Attachment foreign(virtual2, PCIPEEK_RIGHT_ALL_BARS, PCIPEEK_ATTACH_FOREIGN);
	expect_answers(attachment, virtual1);
	EXPECT_EQ(0, enable(0));
	for (const Attachment *each : {&attachment, &foreign}) {
		pcipeek_access access = vm::access_at(0, status, 4);
		EXPECT_EQ(ENODEV, each->read(access));
		EXPECT_EQ(static_cast<unsigned>(PCIPEEK_END_REMOVED), each->info().end_reason);
	}
	EXPECT_EQ(0, enable(2));
}

} // namespace
