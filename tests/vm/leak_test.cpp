// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
//
// No byte of the kernel's own memory comes back: what a command does not tell stays as
// the caller had it, on success and on failure.

#include <gtest/gtest.h>
#include <linux/pci_regs.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstring>
#include <string>
#include <vector>

#include "attachment.hpp"
#include "flickering.hpp"
#include "machine.hpp"
#include "trace.hpp"

namespace {

using vm::access_at;
using vm::Granted;
using vm::Attachment;

using vm::edu;
using vm::rtl8139;
constexpr int pattern = 0xaa;
constexpr std::uint32_t mac = 0x0c005452;

template <class Argument>
Argument patterned()
{
	Argument argument;
	std::memset(&argument, pattern, sizeof(argument));
	return argument;
}

/* Byte by byte, so that what is between the members counts, too. */
template <class Argument>
std::vector<int> bytes_of(const Argument &argument)
{
	const auto *bytes = reinterpret_cast<const unsigned char *>(&argument);
	return {bytes, bytes + sizeof(argument)};
}

class Bytes : public testing::Test {
protected:
	Granted granted_{edu};
	Attachment attachment_{edu};
};

TEST_F(Bytes, OfAReadAreTheValueAndNoOther)
{
	pcipeek_access access = access_at(0, 0, 4, 0xaaaaaaaaaaaaaaaa);
	pcipeek_access expected = access;
	expected.value = 0x010000ed;
	EXPECT_EQ(0, attachment_.read(access));
	EXPECT_EQ(bytes_of(expected), bytes_of(access));
}

TEST_F(Bytes, OfARefusedReadAreTheCallers)
{
	for (const pcipeek_access &refused :
	     {access_at(0, 1 << 20, 4, 0xaaaaaaaaaaaaaaaa), access_at(1, 0, 4, 0xaaaaaaaaaaaaaaaa),
	      patterned<pcipeek_access>()}) {
		pcipeek_access access = refused;
		EXPECT_NE(0, attachment_.read(access));
		EXPECT_EQ(bytes_of(refused), bytes_of(access));
	}
}

TEST_F(Bytes, OfTheVersionAreWhatTheContractHas)
{
	auto version = patterned<pcipeek_version>();
	version.size = sizeof(version);
	version.flags = version.reserved = 0;
	ASSERT_EQ(0, attachment_.ioctl(PCIPEEK_IOC_VERSION, &version));
	pcipeek_version expected{};
	expected.size = sizeof(expected);
	expected.abi_major = PCIPEEK_ABI_MAJOR;
	expected.features = version.features;
	EXPECT_EQ(bytes_of(expected), bytes_of(version));
	EXPECT_EQ(0U, version.features >> 32) << "no such features";
}

pcipeek_device_info info_of_edu()
{
	pcipeek_device_info expected{};
	expected.size = sizeof(expected);
	expected.devfn = 0x18;
	expected.vendor_id = 0x1234;
	expected.device_id = 0x11e8;
	expected.subsystem_vendor_id = 0x1af4;
	expected.subsystem_id = 0x1100;
	expected.class_code = 0x00ff00;
	expected.revision_id = 0x10;
	expected.rights = vm::all_rights;
	expected.generation = 1;
	return expected;
}

TEST_F(Bytes, OfTheDeviceAreWhatTheContractHas)
{
	auto info = patterned<pcipeek_device_info>();
	info.size = sizeof(info);
	info.flags = info.reserved0 = info.reserved1 = 0;
	ASSERT_EQ(0, attachment_.ioctl(PCIPEEK_IOC_DEVICE_INFO, &info));
	pcipeek_device_info expected = info_of_edu();
	expected.state = info.state & (PCIPEEK_STATE_GRANTED | PCIPEEK_STATE_LIVE |
				       PCIPEEK_STATE_MEMORY_DECODE | PCIPEEK_STATE_IO_DECODE);
	EXPECT_EQ(bytes_of(expected), bytes_of(info));
}

TEST_F(Bytes, OfABarAreWhatTheContractHas)
{
	auto info = patterned<pcipeek_bar_info>();
	info.size = sizeof(info);
	info.flags = info.reserved0 = info.reserved1 = 0;
	info.bar = 0;
	ASSERT_EQ(0, attachment_.ioctl(PCIPEEK_IOC_BAR_INFO, &info));
	pcipeek_bar_info expected{};
	expected.size = sizeof(expected);
	expected.kind = PCIPEEK_BAR_MEMORY;
	expected.max_width = 8;
	expected.length = expected.mmap_length = 1 << 20;
	for (const vm::BarRange &range : vm::all_bar_ranges())
		if (range.device == edu)
			expected.address = range.first;
	EXPECT_EQ(bytes_of(expected), bytes_of(info));
}

/* @request with one byte wrong: nothing of it is written. */
template <class Argument>
void expect_unchanged(const Attachment &attachment, unsigned long request, Argument argument)
{
	argument.size = sizeof(argument);
	const Argument before = argument;
	EXPECT_NE(0, attachment.ioctl(request, &argument));
	EXPECT_EQ(bytes_of(before), bytes_of(argument));
}

TEST_F(Bytes, OfWhatIsRefusedAreTheCallers)
{
	expect_unchanged(attachment_, PCIPEEK_IOC_VERSION, patterned<pcipeek_version>());
	expect_unchanged(attachment_, PCIPEEK_IOC_ATTACH, patterned<pcipeek_attach>());
	expect_unchanged(attachment_, PCIPEEK_IOC_RESTRICT, patterned<pcipeek_restrict>());
	expect_unchanged(attachment_, PCIPEEK_IOC_DEVICE_INFO, patterned<pcipeek_device_info>());
	expect_unchanged(attachment_, PCIPEEK_IOC_BAR_INFO, patterned<pcipeek_bar_info>());
	expect_unchanged(attachment_, PCIPEEK_IOC_BAR_MODE, patterned<pcipeek_bar_mode>());
}

TEST_F(Bytes, OfARefusedBlockAreTheCallersButForDone)
{
	auto block = patterned<pcipeek_block>();
	block.size = sizeof(block);
	pcipeek_block expected = block;
	expected.done = 0;
	EXPECT_EQ(EINVAL, attachment_.block(block));
	EXPECT_EQ(bytes_of(expected), bytes_of(block));
}

pcipeek_op read_with_pattern(std::uint64_t offset)
{
	pcipeek_op op{};
	op.code = PCIPEEK_OP_READ;
	op.width = 4;
	op.offset = offset;
	op.result = 0xaaaaaaaaaaaaaaaa;
	return op;
}

TEST_F(Bytes, OfABatchThatEndsEarlyAreWhatItDid)
{
	std::vector<pcipeek_op> ops{read_with_pattern(0), read_with_pattern(0),
				    read_with_pattern(0)};
	ops[1].code = PCIPEEK_OP_POLL;
	ops[1].mask = ops[1].value = 0xffffffff;
	std::vector<pcipeek_op> expected = ops;
	expected[0].result = expected[1].result = 0x010000ed;
	expected[1].error = -ETIMEDOUT;
	pcipeek_batch batch = vm::batch_of(ops);
	EXPECT_EQ(ETIMEDOUT, attachment_.ioctl(PCIPEEK_IOC_BATCH, &batch));
	for (std::size_t i = 0; i < ops.size(); i++)
		EXPECT_EQ(bytes_of(expected[i]), bytes_of(ops[i])) << i;
}

/* By its bytes: up to 1024 the kernel's copy is on its stack. */
class ABlockThatEndsEarly : public testing::TestWithParam<std::size_t> {};

/* Ports that nobody decodes read as all ones, and so a block ends between two elements. */
TEST_P(ABlockThatEndsEarly, LeavesNothingOfTheKernelBehindWhatWasDone)
{
	const Granted granted(rtl8139);
	const Attachment attachment(rtl8139);
	std::atomic<unsigned> refusals = 0;
	const vm::Flickering decode(rtl8139, PCI_COMMAND_IO, refusals);
	std::vector<std::uint8_t> buffer(GetParam());
	unsigned cut = 0;
	for (unsigned i = 0; i < 20000 && cut < 10; i++) {
		std::fill(buffer.begin(), buffer.end(), pattern);
		pcipeek_block block = vm::block_at(0, 0, 4, buffer.size() / 4, buffer.data());
		block.flags = PCIPEEK_BLOCK_FIXED;
		const int error = attachment.block(block);
		ASSERT_TRUE(error == 0 || error == EIO) << error;
		refusals += error != 0;
		cut += block.done > 0 && block.done < block.count;
		const auto end = buffer.begin() + static_cast<std::ptrdiff_t>(4 * block.done);
		ASSERT_TRUE(std::all_of(end, buffer.end(),
					[](std::uint8_t byte) { return !byte || byte == pattern; }))
			<< block.done << " were done";
		for (unsigned at = 0; at < block.done; at++)
			ASSERT_EQ(0, std::memcmp(&buffer[4 * at], &mac, 4)) << at;
	}
	EXPECT_LT(0U, cut) << "no block ended early: nothing was proved";
}

INSTANTIATE_TEST_SUITE_P(Of, ABlockThatEndsEarly, testing::Values(1000, 4000));

} // namespace
