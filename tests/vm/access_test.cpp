// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
//
// READ, WRITE and BLOCK: exactly the accesses that were asked for, or none. The trace
// says what the device saw.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <linux/pci_regs.h>
#include <pthread.h>
#include <sys/mman.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <ostream>
#include <thread>
#include <vector>

#include "attachment.hpp"
#include "machine.hpp"
#include "trace.hpp"

namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using vm::access_at;
using vm::accesses_since;
using vm::block_at;
using vm::Granted;
using vm::Mark;
using vm::mark_trace;
using vm::Attachment;

using vm::edu;
using vm::testdev;
using vm::ivshmem;
using vm::rtl8139;
using vm::serial;
using vm::nvme;

class Read : public testing::Test {
protected:
	/* One READ; the errno, and what the device saw. */
	int read(const std::string &address, pcipeek_access access)
	{
		const Granted granted(address);
		const Attachment attachment(address);
		const Mark mark = mark_trace();
		const int error = attachment.read(access);
		seen_ = accesses_since(mark, address);
		value_ = access.value;
		return error;
	}

	std::vector<std::string> seen_;
	std::uint64_t value_ = 0;
};

TEST_F(Read, Of32BitsIsOneAccess)
{
	EXPECT_EQ(0, read(edu, access_at(0, 0, 4)));
	EXPECT_EQ(0x010000edU, value_);
	EXPECT_THAT(seen_, ElementsAre("read bar0+0x00.l 0x010000ed"));
}

TEST_F(Read, Of64BitsIsOneAccess)
{
	EXPECT_EQ(0, read(nvme, access_at(0, 0, 8)));
	ASSERT_EQ(1U, seen_.size());
	EXPECT_THAT(seen_[0], testing::StartsWith("read bar0+0x00.q 0x"));
	EXPECT_NE(0U, value_ >> 32);
}

/* BAR 1 shows the registers of BAR 0, and the trace has them at their place there. */
TEST_F(Read, Of16And8BitsOfMemoryIsOneAccess)
{
	EXPECT_EQ(0, read(rtl8139, access_at(1, 2, 2)));
	EXPECT_EQ(0x0c00U, value_);
	EXPECT_THAT(seen_, ElementsAre("read bar0+0x02.w 0x0c00"));
	EXPECT_EQ(0, read(rtl8139, access_at(1, 5, 1)));
	EXPECT_THAT(seen_, ElementsAre("read bar0+0x05.b 0xfe"));
}

TEST_F(Read, OfAnIoBarIsOneAccessOfEachWidth)
{
	EXPECT_EQ(0, read(rtl8139, access_at(0, 5, 1)));
	EXPECT_THAT(seen_, ElementsAre("read bar0+0x05.b 0xfe"));
	EXPECT_EQ(0, read(rtl8139, access_at(0, 4, 2)));
	EXPECT_THAT(seen_, ElementsAre("read bar0+0x04.w 0xfe0f"));
	EXPECT_EQ(0, read(rtl8139, access_at(0, 0, 4)));
	EXPECT_THAT(seen_, ElementsAre("read bar0+0x00.l 0x0c005452"));
}

TEST_F(Read, OfTheLastRegisterOfABarWorks)
{
	EXPECT_EQ(0, read(edu, access_at(0, 0xffffc, 4)));
	EXPECT_EQ(1U, seen_.size());
	EXPECT_EQ(0, read(rtl8139, access_at(0, 0xff, 1)));
	EXPECT_EQ(1U, seen_.size());
}

/* Other registers may be in the rest of its page: the module maps and checks no page. */
TEST_F(Read, BehindABarThatIsSmallerThanAPageIsERANGE)
{
	EXPECT_EQ(0, read(ivshmem, access_at(0, 252, 4)));
	EXPECT_EQ(1U, seen_.size());
	EXPECT_EQ(ERANGE, read(ivshmem, access_at(0, 256, 4)));
	EXPECT_EQ(ERANGE, read(ivshmem, access_at(0, 4092, 4)));
	EXPECT_THAT(seen_, IsEmpty());
}

TEST_F(Read, OfAllOnesFromALivingFunctionIsData)
{
	const Granted granted(edu);
	const Attachment attachment(edu);
	ASSERT_EQ(0, attachment.write(access_at(0, 4, 4, 0)));
	pcipeek_access access = access_at(0, 4, 4);
	EXPECT_EQ(0, attachment.read(access));
	EXPECT_EQ(0xffffffffU, access.value);
}

TEST(Write, IsOneAccessOfItsWidth)
{
	const Granted granted(edu);
	const Attachment attachment(edu);
	const Mark mark = mark_trace();
	EXPECT_EQ(0, attachment.write(access_at(0, 4, 4, 0x12345678)));
	EXPECT_EQ(0, attachment.write(access_at(0, 0x80, 8, 0x1122334455667788)));
	EXPECT_THAT(accesses_since(mark, edu), ElementsAre("write bar0+0x04.l 0x12345678",
							   "write bar0+0x80.q 0x1122334455667788"));
}

TEST(Write, ReachesAnIoBar)
{
	const Granted granted(rtl8139);
	const Attachment attachment(rtl8139);
	const Mark mark = mark_trace();
	EXPECT_EQ(0, attachment.write(access_at(0, 0x08, 1, 0xa5)));
	EXPECT_EQ(0, attachment.write(access_at(0, 0x0a, 2, 0xbeef)));
	EXPECT_EQ(0, attachment.write(access_at(0, 0x0c, 4, 0xdeadbeef)));
	EXPECT_THAT(accesses_since(mark, rtl8139),
		    ElementsAre("write bar0+0x08.b 0xa5", "write bar0+0x0a.w 0xbeef",
				"write bar0+0x0c.l 0xdeadbeef"));
}

struct Refusal {
	const char *name;
	pcipeek_access access;
	int error;
};

std::ostream &operator<<(std::ostream &out, const Refusal &refusal)
{
	return out << refusal.name;
}

pcipeek_access with_flags(std::uint16_t flags, std::uint32_t reserved)
{
	pcipeek_access access = access_at(0, 0, 4);
	access.flags = flags;
	access.reserved = reserved;
	return access;
}

constexpr std::uint64_t far = 1ULL << 63;

/* On pci-testdev: memory BAR 0 of 4 KiB, I/O BAR 1 of 256 bytes, 64-bit BAR 2. */
const std::vector<Refusal> refusals = {
	{"AFlag", with_flags(1, 0), EINVAL},
	{"TheLastFlag", with_flags(0x8000, 0), EINVAL},
	{"AReservedBit", with_flags(0, 0x80000000), EINVAL},
	{"Bar6", access_at(6, 0, 4), ENXIO},
	{"Bar255", access_at(255, 0, 4), ENXIO},
	{"ABarOfSize0", access_at(5, 0, 4), ENXIO},
	{"TheUpperHalf", access_at(3, 0, 4), ENXIO},
	{"Width0", access_at(0, 0, 0), EINVAL},
	{"Width3", access_at(0, 0, 3), EINVAL},
	{"Width5", access_at(0, 0, 5), EINVAL},
	{"Width16", access_at(0, 0, 16), EINVAL},
	{"Width255", access_at(0, 0, 255), EINVAL},
	{"64BitsOfAnIoBar", access_at(1, 0, 8), EOPNOTSUPP},
	{"OnePastTheEnd", access_at(0, 4096, 1), ERANGE},
	{"AcrossTheEnd", access_at(0, 4094, 4), ERANGE},
	{"TheLastBytesTooWide", access_at(0, 4092, 8), ERANGE},
	{"OnePastAnIoBar", access_at(1, 256, 1), ERANGE},
	{"Offset2To40", access_at(0, 1ULL << 40, 4), ERANGE},
	{"Offset2To63", access_at(0, far, 4), ERANGE},
	{"OffsetAllOnes", access_at(0, ~0ULL, 1), ERANGE},
	{"OffsetThatWraps", access_at(0, ~3ULL, 8), ERANGE},
	{"Misaligned16", access_at(0, 1, 2), EINVAL},
	{"Misaligned32", access_at(0, 2, 4), EINVAL},
	{"Misaligned64", access_at(0, 4, 8), EINVAL},
	{"MisalignedIo", access_at(1, 2, 4), EINVAL},
};

class Refused : public testing::TestWithParam<Refusal> {
protected:
	Granted granted_{testdev};
	Attachment attachment_{testdev};
};

TEST_P(Refused, AtReadWithoutAnAccess)
{
	pcipeek_access access = GetParam().access;
	const Mark mark = mark_trace();
	EXPECT_EQ(GetParam().error, attachment_.read(access));
	EXPECT_THAT(accesses_since(mark, testdev), IsEmpty());
}

TEST_P(Refused, AtWriteWithoutAnAccess)
{
	const Mark mark = mark_trace();
	EXPECT_EQ(GetParam().error, attachment_.write(GetParam().access));
	EXPECT_THAT(accesses_since(mark, testdev), IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(Access, Refused, testing::ValuesIn(refusals),
			 [](const auto &info) { return info.param.name; });

TEST(Write, OfAValueWiderThanItsWidthIsEINVAL)
{
	const Granted granted(testdev);
	const Attachment attachment(testdev);
	const Mark mark = mark_trace();
	EXPECT_EQ(EINVAL, attachment.write(access_at(0, 0, 1, 0x100)));
	EXPECT_EQ(EINVAL, attachment.write(access_at(0, 0, 2, 0x10000)));
	EXPECT_EQ(EINVAL, attachment.write(access_at(0, 0, 4, 1ULL << 32)));
	EXPECT_THAT(accesses_since(mark, testdev), IsEmpty());
}

TEST(Write, ToAForeignFunctionReachesIt)
{
	const Attachment attachment(edu, vm::all_rights, PCIPEEK_ATTACH_FOREIGN);
	const Mark mark = mark_trace();
	EXPECT_EQ(0, attachment.write(access_at(0, 4, 4, 0x55)));
	EXPECT_THAT(accesses_since(mark, edu), ElementsAre("write bar0+0x04.l 0x00000055"));
}

TEST(Decoding, SwitchedOffIsEIOWithinAJiffyAndNoAccess)
{
	const Granted granted(edu);
	const Attachment attachment(edu);
	const std::uint16_t before = vm::command_of(edu);
	vm::set_command(edu, before & ~PCI_COMMAND_MEMORY);
	pcipeek_access access = access_at(0, 0, 4);
	while (attachment.read(access) == 0)
		;
	const Mark mark = mark_trace();
	for (int i = 0; i < 100; i++) {
		EXPECT_EQ(EIO, attachment.read(access));
		EXPECT_EQ(EIO, attachment.write(access_at(0, 4, 4, 1)));
	}
	EXPECT_THAT(accesses_since(mark, edu), IsEmpty());
	EXPECT_FALSE(attachment.info().state & PCIPEEK_STATE_MEMORY_DECODE);
	vm::set_command(edu, before);
	EXPECT_EQ(0, attachment.read(access));
	EXPECT_EQ(0x010000edU, access.value);
}

TEST(Decoding, IsAskedForTheKindOfTheBar)
{
	const Granted granted(rtl8139);
	const Attachment attachment(rtl8139);
	const std::uint16_t before = vm::command_of(rtl8139);
	vm::set_command(rtl8139, before & ~PCI_COMMAND_IO);
	pcipeek_access io = access_at(0, 0, 4);
	while (attachment.read(io) == 0)
		;
	EXPECT_EQ(EIO, attachment.read(io));
	pcipeek_access memory = access_at(1, 0, 4);
	EXPECT_EQ(0, attachment.read(memory));
	vm::set_command(rtl8139, before);
}

class Block : public testing::Test {
protected:
	Granted granted_{rtl8139};
	Attachment attachment_{rtl8139};
	std::vector<std::uint8_t> bytes_ = std::vector<std::uint8_t>(65536, 0xaa);
};

TEST_F(Block, ReadsUpwardsInOrderEachOnce)
{
	pcipeek_block block = block_at(0, 0, 1, 6, bytes_.data());
	const Mark mark = mark_trace();
	ASSERT_EQ(0, attachment_.block(block));
	EXPECT_EQ(6U, block.done);
	EXPECT_EQ(1U, block.generation);
	bytes_.resize(7);
	EXPECT_THAT(bytes_, ElementsAre(0x52, 0x54, 0x00, 0x0c, 0x0f, 0xfe, 0xaa));
	EXPECT_THAT(accesses_since(mark, rtl8139),
		    ElementsAre("read bar0+0x00.b 0x52", "read bar0+0x01.b 0x54",
				"read bar0+0x02.b 0x00", "read bar0+0x03.b 0x0c",
				"read bar0+0x04.b 0x0f", "read bar0+0x05.b 0xfe"));
}

TEST_F(Block, IsTheLittleEndianImageOfEachElement)
{
	pcipeek_block block = block_at(1, 0, 4, 1, bytes_.data());
	ASSERT_EQ(0, attachment_.block(block));
	bytes_.resize(4);
	EXPECT_THAT(bytes_, ElementsAre(0x52, 0x54, 0x00, 0x0c));
}

TEST_F(Block, WritesUpwardsInOrderEachOnce)
{
	bytes_ = {0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77, 0x88};
	pcipeek_block block = block_at(0, 0x08, 4, 2, bytes_.data());
	block.flags = PCIPEEK_BLOCK_WRITE;
	const Mark mark = mark_trace();
	ASSERT_EQ(0, attachment_.block(block));
	EXPECT_EQ(2U, block.done);
	EXPECT_THAT(accesses_since(mark, rtl8139),
		    ElementsAre("write bar0+0x08.l 0x44332211", "write bar0+0x0c.l 0x88776655"));
}

TEST_F(Block, ThatIsLongerThanOneSectionIsStillEachOnceInOrder)
{
	const Granted granted(edu);
	const Attachment attachment(edu);
	pcipeek_block block = block_at(0, 0x1000, 8, 700, bytes_.data());
	const Mark mark = mark_trace();
	ASSERT_EQ(0, attachment.block(block));
	const std::vector<std::string> seen = accesses_since(mark, edu);
	ASSERT_EQ(700U, seen.size());
	for (std::size_t i = 0; i < seen.size(); i++) {
		std::array<char, 32> place{};
		std::snprintf(place.data(), place.size(), "read bar0+0x%02zx.q", 0x1000 + 8 * i);
		EXPECT_THAT(seen[i], testing::StartsWith(place.data()));
	}
}

TEST_F(Block, OfNothingDoesNothing)
{
	pcipeek_block block = block_at(0, 256, 1, 0, nullptr);
	const Mark mark = mark_trace();
	EXPECT_EQ(0, attachment_.block(block));
	EXPECT_EQ(0U, block.done);
	EXPECT_THAT(accesses_since(mark, rtl8139), IsEmpty());
}

TEST_F(Block, ThatIsRefusedDoesNothing)
{
	const std::vector<std::pair<pcipeek_block, int>> table = {
		{block_at(6, 0, 4, 1, bytes_.data()), ENXIO},
		{block_at(2, 0, 4, 1, bytes_.data()), ENXIO},
		{block_at(0, 0, 3, 1, bytes_.data()), EINVAL},
		{block_at(0, 0, 8, 1, bytes_.data()), EOPNOTSUPP},
		{block_at(0, 0, 4, 65, bytes_.data()), ERANGE},
		{block_at(0, 256, 4, 1, bytes_.data()), ERANGE},
		{block_at(0, 1ULL << 63, 4, 1, bytes_.data()), ERANGE},
		{block_at(0, 2, 4, 1, bytes_.data()), EINVAL},
		{block_at(0, 0, 4, (16U << 20) / 4 + 1, bytes_.data()), E2BIG},
		{block_at(0, 0, 4, 0x4000000000000001, bytes_.data()), E2BIG},
		{block_at(0, 0, 1, ~0ULL, bytes_.data()), E2BIG},
	};
	for (auto [block, error] : table) {
		block.done = 77;
		const Mark mark = mark_trace();
		EXPECT_EQ(error, attachment_.block(block)) << block.offset << ' ' << block.count;
		EXPECT_EQ(0U, block.done);
		EXPECT_THAT(accesses_since(mark, rtl8139), IsEmpty());
	}
}

TEST_F(Block, WithoutTheRightToWriteIsEACCES)
{
	const Attachment reader(rtl8139, PCIPEEK_RIGHT_ALL_BARS, 0, O_RDONLY);
	pcipeek_block block = block_at(0, 8, 1, 1, bytes_.data());
	block.flags = PCIPEEK_BLOCK_WRITE;
	const Mark mark = mark_trace();
	EXPECT_EQ(EACCES, reader.block(block));
	EXPECT_THAT(accesses_since(mark, rtl8139), IsEmpty());
}

TEST_F(Block, OfAnotherGenerationIsEAGAIN)
{
	pcipeek_block block = block_at(0, 0, 1, 6, bytes_.data());
	block.generation = 2;
	const Mark mark = mark_trace();
	EXPECT_EQ(EAGAIN, attachment_.block(block));
	EXPECT_EQ(0U, block.done);
	EXPECT_THAT(accesses_since(mark, rtl8139), IsEmpty());
}

TEST_F(Block, IntoMemoryThatCannotBeWrittenReadsNothing)
{
	void *page = ::mmap(nullptr, 4096, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	ASSERT_NE(MAP_FAILED, page);
	pcipeek_block block = block_at(0, 0, 1, 6, page);
	const Mark mark = mark_trace();
	EXPECT_EQ(EFAULT, attachment_.block(block));
	EXPECT_EQ(0U, block.done);
	EXPECT_THAT(accesses_since(mark, rtl8139), IsEmpty());
	::munmap(page, 4096);
}

TEST_F(Block, ThatRunsOffItsBufferTellsHowMuchWasDone)
{
	auto *pages = static_cast<std::uint8_t *>(
		::mmap(nullptr, 8192, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
	ASSERT_NE(MAP_FAILED, static_cast<void *>(pages));
	ASSERT_EQ(0, ::mprotect(pages + 4096, 4096, PROT_NONE));
	const Granted granted(edu);
	const Attachment attachment(edu);
	pcipeek_block block = block_at(0, 0x1000, 4, 1024 + 512, pages);
	const Mark mark = mark_trace();
	EXPECT_EQ(EFAULT, attachment.block(block));
	EXPECT_EQ(1024U, block.done);
	EXPECT_EQ(1024U, accesses_since(mark, edu).size());
	::munmap(pages, 8192);
}

void ignore(int)
{
}

TEST_F(Block, ThatASignalInterruptsTellsHowMuchWasDone)
{
	const Granted granted(edu);
	const Attachment attachment(edu);
	struct sigaction action {};
	action.sa_handler = ignore;
	ASSERT_EQ(0, ::sigaction(SIGUSR1, &action, nullptr));
	std::vector<std::uint8_t> image(1 << 20);
	pcipeek_block block = block_at(0, 0, 4, image.size() / 4, image.data());
	const Mark mark = mark_trace();
	const pthread_t self = ::pthread_self();
	std::atomic<bool> over = false;
	std::thread caller([&] {
		while (!over)
			::pthread_kill(self, SIGUSR1);
	});
	const int error = attachment.block(block);
	over = true;
	caller.join();
	EXPECT_EQ(EINTR, error);
	EXPECT_EQ(block.done, accesses_since(mark, edu).size());
}

TEST(AnAttachedBlock, OfTheDriversFunctionIsReadWhenForeign)
{
	const Attachment attachment(serial, PCIPEEK_RIGHT_ALL_BARS, PCIPEEK_ATTACH_FOREIGN);
	std::array<std::uint8_t, 1> byte{};
	pcipeek_block block = block_at(0, 7, 1, 1, byte.data());
	const Mark mark = mark_trace();
	EXPECT_EQ(0, attachment.block(block));
	EXPECT_THAT(accesses_since(mark, serial), testing::SizeIs(1));
}

} // namespace
