// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
//
// A kernel that is locked down while a file is attached. There is no way back from
// there: run-all runs this program last, and it has one test.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <linux/pci_regs.h>
#include <sys/mman.h>

#include <cerrno>
#include <fstream>

#include "attachment.hpp"
#include "machine.hpp"
#include "trace.hpp"

namespace {

using vm::edu;

void lock_down()
{
	std::ofstream("/sys/kernel/security/lockdown") << "integrity";
}

int block_that_writes(const vm::Attachment &attachment)
{
	std::uint32_t word = 2;
	pcipeek_block block = vm::block_at(0, 4, 4, 1, &word);
	block.flags = PCIPEEK_BLOCK_WRITE;
	return attachment.block(block);
}

int batch_that_writes(const vm::Attachment &attachment)
{
	pcipeek_op op{};
	op.code = PCIPEEK_OP_WRITE;
	op.width = op.offset = 4;
	pcipeek_batch batch = vm::batch_of({&op, 1});
	return attachment.ioctl(PCIPEEK_IOC_BATCH, &batch);
}

/* For reading only, which the kernel's own files refuse then, too. */
int map(const vm::Attachment &attachment)
{
	void *at = ::mmap(nullptr, 4096, PROT_READ, MAP_SHARED, attachment.fd(), 0);
	if (at == MAP_FAILED)
		return errno;
	::munmap(at, 4096);
	return 0;
}

int combine_writes(const vm::Attachment &attachment)
{
	pcipeek_bar_mode mode{};
	mode.size = sizeof(mode);
	mode.mode = PCIPEEK_BAR_MODE_WC;
	return attachment.ioctl(PCIPEEK_IOC_BAR_MODE, &mode);
}

int read_one(const vm::Attachment &attachment, std::uint8_t width)
{
	pcipeek_access access = vm::access_at(0, 0, width);
	return attachment.read(access);
}

TEST(LockingDown, EndsWritingAtOnceAndLeavesReading)
{
	const vm::Granted granted(edu);
	const vm::Attachment before(edu, vm::all_rights | PCIPEEK_RIGHT_MMAP,
				    PCIPEEK_ATTACH_EXCLUSIVE);
	ASSERT_EQ(0, before.write(vm::access_at(0, 4, 4, 1)));
	ASSERT_EQ(0, block_that_writes(before));
	ASSERT_EQ(0, batch_that_writes(before));
	ASSERT_EQ(0, map(before));
	ASSERT_EQ(EOPNOTSUPP, combine_writes(before)) << "edu's BAR is not prefetchable";

	lock_down();
	const vm::Mark mark = vm::mark_trace();
	EXPECT_EQ(EPERM, before.write(vm::access_at(0, 4, 4, 2)));
	EXPECT_EQ(EPERM, block_that_writes(before));
	EXPECT_EQ(EPERM, batch_that_writes(before));
	EXPECT_EQ(EPERM, map(before));
	EXPECT_EQ(EPERM, combine_writes(before));
	EXPECT_THAT(vm::accesses_since(mark, edu), testing::IsEmpty());
	EXPECT_EQ(0, read_one(before, 4)) << "what is attached may still read";
	const vm::Attachment after;
	EXPECT_EQ(EPERM, after.attach(edu));
	EXPECT_EQ(EPERM, after.attach(edu, PCIPEEK_RIGHT_ALL_BARS | PCIPEEK_RIGHT_MMAP));
	EXPECT_EQ(EPERM, after.attach(edu, vm::all_rights, PCIPEEK_ATTACH_BUS_MASTER));
	EXPECT_EQ(0, vm::command_of(edu) & PCI_COMMAND_MASTER);
	EXPECT_EQ(EPERM, after.attach(vm::testdev, vm::all_rights, PCIPEEK_ATTACH_FOREIGN));
	EXPECT_EQ(0, after.attach(edu, PCIPEEK_RIGHT_ALL_BARS));
	EXPECT_EQ(0, read_one(after, 4));
	EXPECT_EQ(EACCES, after.write(vm::access_at(0, 4, 4, 2)));
	EXPECT_THAT(vm::accesses_since(mark, edu), testing::SizeIs(2)) << "two reads";
	const vm::Attachment foreign;
	EXPECT_EQ(0, foreign.attach(vm::testdev, PCIPEEK_RIGHT_ALL_BARS, PCIPEEK_ATTACH_FOREIGN));
	EXPECT_EQ(0, read_one(foreign, 1));
	EXPECT_THAT(vm::accesses_since(mark, vm::testdev), testing::SizeIs(1));
}

} // namespace
