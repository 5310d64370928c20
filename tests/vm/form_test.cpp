// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
//
// The form of the contract: sizes, flags, reserved fields, unknown commands.

#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstddef>
#include <cstring>
#include <vector>

#include "attachment.hpp"
#include "machine.hpp"

namespace {

using vm::Granted;
using vm::Attachment;

using vm::edu;
constexpr std::size_t page = 4096;

struct Command {
	const char *name;
	unsigned long request;
	std::size_t size;
	/* where its reserved bytes and its flags are */
	std::vector<std::size_t> zero;
	/* its first eight bytes behind size and flags that make a valid request */
	std::array<std::uint8_t, 8> body;
};

void PrintTo(const Command &command, std::ostream *out)
{
	*out << command.name;
}

/* Of the commands whose argument begins with a size; ATTACH is for edu. */
const std::vector<Command> sized = {
	{"VERSION", PCIPEEK_IOC_VERSION, sizeof(pcipeek_version), {4, 7, 12, 15}, {}},
	{"ATTACH",
	 PCIPEEK_IOC_ATTACH,
	 sizeof(pcipeek_attach),
	 {5, 6, 7, 14, 15, 17, 23, 24, 31},
	 {0, 0, 0, 0, 0, 0x18}},
	{"RESTRICT", PCIPEEK_IOC_RESTRICT, sizeof(pcipeek_restrict), {4, 7, 10, 15}, {}},
	{"DEVICE_INFO", PCIPEEK_IOC_DEVICE_INFO, sizeof(pcipeek_device_info), {4, 7, 14, 30}, {}},
	{"BAR_INFO", PCIPEEK_IOC_BAR_INFO, sizeof(pcipeek_bar_info), {4, 7, 51, 52, 55}, {}},
	{"BLOCK", PCIPEEK_IOC_BLOCK, sizeof(pcipeek_block), {5, 7, 10, 11, 12, 15}, {0, 4}},
};

class SizedCommand : public testing::TestWithParam<Command> {
protected:
	SizedCommand() : attachment_(O_RDWR)
	{
		const Command &command = GetParam();
		if (command.request != PCIPEEK_IOC_VERSION &&
		    command.request != PCIPEEK_IOC_ATTACH) {
			EXPECT_EQ(0, attachment_.attach(edu));
		}
		argument_.fill(0);
		set_size(command.size);
		std::copy(command.body.begin(), command.body.end(), argument_.begin() + 8);
	}

	void set_size(std::size_t size)
	{
		const auto value = static_cast<std::uint32_t>(size);
		std::memcpy(argument_.data(), &value, sizeof(value));
	}

	int run()
	{
		return attachment_.ioctl(GetParam().request, argument_.data());
	}

	Granted granted_{edu};
	Attachment attachment_;
	alignas(8) std::array<std::uint8_t, 2 * page> argument_{};
};

TEST_P(SizedCommand, SucceedsAsItIs)
{
	EXPECT_EQ(0, run());
}

TEST_P(SizedCommand, RefusesASizeBelowTheFirstVersion)
{
	for (const std::size_t size : {std::size_t{0}, std::size_t{1}, GetParam().size - 1}) {
		set_size(size);
		EXPECT_EQ(EINVAL, run()) << size;
	}
}

TEST_P(SizedCommand, TakesALongerStructureWithAZeroTailAndLeavesItZero)
{
	set_size(GetParam().size + 64);
	EXPECT_EQ(0, run());
	for (std::size_t i = 0; i < 64; i++)
		EXPECT_EQ(0, argument_.at(GetParam().size + i));
}

TEST_P(SizedCommand, RefusesALongerStructureThatSetsWhatItDoesNotKnow)
{
	set_size(GetParam().size + 64);
	argument_.at(GetParam().size + 63) = 1;
	EXPECT_EQ(E2BIG, run());
}

TEST_P(SizedCommand, RefusesAStructureLargerThanAPage)
{
	set_size(page + 8);
	EXPECT_EQ(E2BIG, run());
}

TEST_P(SizedCommand, RefusesEachReservedByteAndUnknownFlag)
{
	for (const std::size_t byte : GetParam().zero) {
		argument_.at(byte) = 0x80;
		EXPECT_EQ(EINVAL, run()) << "byte " << byte;
		argument_.at(byte) = 0;
	}
	EXPECT_EQ(0, run());
}

TEST_P(SizedCommand, RefusesAnAddressThatIsNotTheCallers)
{
	EXPECT_EQ(EFAULT, attachment_.ioctl(GetParam().request, nullptr));
	EXPECT_EQ(EFAULT, attachment_.ioctl(GetParam().request, reinterpret_cast<void *>(-4096L)));
}

INSTANTIATE_TEST_SUITE_P(Contract, SizedCommand, testing::ValuesIn(sized),
			 [](const auto &info) { return info.param.name; });

TEST(Version, TellsTheMajorAndTheFeatures)
{
	const Attachment attachment(O_RDONLY);
	pcipeek_version version{};
	version.size = sizeof(version);
	ASSERT_EQ(0, attachment.ioctl(PCIPEEK_IOC_VERSION, &version));
	EXPECT_EQ(PCIPEEK_ABI_MAJOR, version.abi_major);
	EXPECT_TRUE(version.features & PCIPEEK_FEATURE_ACCESS64);
}

TEST(AnUnattachedFile, AnswersEveryOtherCommandWithENOTCONN)
{
	const Attachment attachment(O_RDWR);
	alignas(8) std::array<std::uint8_t, page> argument{};
	for (const unsigned long request : {static_cast<unsigned long>(PCIPEEK_IOC_READ),
					    static_cast<unsigned long>(PCIPEEK_IOC_WRITE),
					    static_cast<unsigned long>(PCIPEEK_IOC_DEVICE_INFO),
					    static_cast<unsigned long>(PCIPEEK_IOC_BAR_INFO),
					    static_cast<unsigned long>(PCIPEEK_IOC_RESTRICT),
					    static_cast<unsigned long>(PCIPEEK_IOC_BAR_MODE),
					    static_cast<unsigned long>(PCIPEEK_IOC_BATCH),
					    static_cast<unsigned long>(PCIPEEK_IOC_BLOCK)})
		EXPECT_EQ(ENOTCONN, attachment.ioctl(request, argument.data())) << request;
}

TEST(AnUnknownCommand, IsENOTTYOnEveryFile)
{
	const Granted granted(edu);
	const Attachment unattached(O_RDWR);
	const Attachment attached(edu);
	for (const unsigned long request :
	     {_IO(PCIPEEK_IOC_MAGIC, 0x1f), _IO(PCIPEEK_IOC_MAGIC, 0x06), _IO('T', 1),
	      static_cast<unsigned>(_IOWR(PCIPEEK_IOC_MAGIC, 0x06, std::uint64_t))}) {
		EXPECT_EQ(ENOTTY, unattached.ioctl(request, nullptr)) << request;
		EXPECT_EQ(ENOTTY, attached.ioctl(request, nullptr)) << request;
	}
}

TEST(AnAttachedFile, HasNoReadAndNoWrite)
{
	const Granted granted(edu);
	const Attachment attachment(edu);
	char byte = 0;
	EXPECT_EQ(-1, ::read(attachment.fd(), &byte, 1));
	EXPECT_EQ(EINVAL, errno);
	EXPECT_EQ(-1, ::write(attachment.fd(), &byte, 1));
	EXPECT_EQ(EINVAL, errno);
}

} // namespace
