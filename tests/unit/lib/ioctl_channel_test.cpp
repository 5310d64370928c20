// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "access/ioctl_channel.hpp"
#include "fake_sysfs.hpp"

#include <linux/pcipeek.h>
#include <pcipeek/pcipeek.hpp>

#include <gmock/gmock.h>

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>

namespace pcipeek {
namespace {

// No fake channel here: the real one, on a machine without the module.
class TheNode : public testing::Test {
protected:
	void SetUp() override
	{
		sysfs.add(test::memory_board());
	}

	Cause cause_of_a_read()
	{
		try {
			read<std::uint8_t>(lspci({.device = 0x0c8e}).at(0).bar(0), 0);
		} catch (const Error &error) {
			return error.cause();
		}
		return Cause::other;
	}

	test::FakeSysfs sysfs;
};

TEST_F(TheNode, ThatIsMissingMeansThatTheModuleIsNotLoaded)
{
	EXPECT_EQ(cause_of_a_read(), Cause::no_module);
}

TEST_F(TheNode, ThatIsAPlainFileIsNotTheModule)
{
	sysfs.write("/dev/pcipeek", "");
	EXPECT_EQ(cause_of_a_read(), Cause::wrong_module);
}

TEST_F(TheNode, IsOpenedAsAskedForAndNotForOtherPrograms)
{
	sysfs.write("/dev/pcipeek", "");
	for (const int flags : {O_RDONLY, O_RDWR}) {
		const detail::Opened opened = detail::open_ioctl_channel("/dev/pcipeek", flags);

		EXPECT_EQ(opened.error, 0);
		ASSERT_TRUE(opened.channel);
		EXPECT_EQ(::fcntl(opened.channel->fd(), F_GETFL) & O_ACCMODE, flags);
		EXPECT_EQ(::fcntl(opened.channel->fd(), F_GETFD), FD_CLOEXEC);
	}
}

TEST_F(TheNode, ThatCannotBeOpenedGivesTheErrno)
{
	const detail::Opened opened = detail::open_ioctl_channel("/dev/pcipeek", O_RDONLY);

	EXPECT_EQ(opened.error, ENOENT);
	EXPECT_FALSE(opened.channel);
}

TEST(ACharacterDevice, IsNoOtherFile)
{
	const detail::UniqueFd null{::open("/dev/null", O_RDONLY | O_CLOEXEC)};
	const detail::UniqueFd directory{::open("/", O_RDONLY | O_CLOEXEC)};

	EXPECT_TRUE(detail::is_character_device(null.get()));
	EXPECT_FALSE(detail::is_character_device(directory.get()));
	EXPECT_FALSE(detail::is_character_device(-1));
}

// Of another file of two pages, which shows as well what becomes of a call.
class AnIoctlChannel : public testing::Test {
protected:
	static constexpr std::size_t page = 4096;

	void SetUp() override
	{
		ASSERT_EQ(::ftruncate(channel_.fd(), 2 * page), 0);
		ASSERT_EQ(::pwrite(channel_.fd(), "second", 6, page), 6);
	}

	detail::IoctlChannel channel_{::memfd_create("pcipeek", MFD_CLOEXEC)};
};

TEST_F(AnIoctlChannel, GivesTheErrnoOfACallThatFails)
{
	int ignored = 0;
	EXPECT_EQ(channel_.call(PCIPEEK_IOC_VERSION, &ignored), ENOTTY);
}

TEST_F(AnIoctlChannel, GivesZeroAndTheAnswerOfACallThatSucceeds)
{
	int left = 0;
	EXPECT_EQ(channel_.call(FIONREAD, &left), 0);
	EXPECT_EQ(left, 2 * page);
}

TEST_F(AnIoctlChannel, MapsFromTheOffsetForReadingAndWriting)
{
	void *address = nullptr;
	ASSERT_EQ(channel_.map({.offset = page, .length = page, .write = true}, address), 0);
	EXPECT_EQ(std::memcmp(address, "second", 6), 0);
	std::memcpy(address, "change", 6);

	std::array<char, 6> now{};
	EXPECT_EQ(::pread(channel_.fd(), now.data(), now.size(), page), 6);
	EXPECT_EQ(std::string(now.data(), now.size()), "change") << "shared with the file";
	channel_.unmap(address, page);
	EXPECT_EQ(::msync(address, page, MS_ASYNC), -1) << "no longer mapped";
}

TEST_F(AnIoctlChannel, MapsForReadingAloneUnlessWritingIsAskedFor)
{
	void *address = nullptr;
	ASSERT_EQ(channel_.map({.offset = 0, .length = page, .write = false}, address), 0);
	// The kernel cannot store there what it reads.
	EXPECT_EQ(::pread(channel_.fd(), address, 1, page), -1);
	EXPECT_EQ(errno, EFAULT);
	channel_.unmap(address, page);
}

TEST_F(AnIoctlChannel, ThatCannotMapGivesTheErrno)
{
	void *address = nullptr;
	EXPECT_EQ(channel_.map({.offset = 1, .length = page, .write = false}, address), EINVAL);
}

TEST_F(AnIoctlChannel, ClosesItsFileUnlessItWasReleased)
{
	const int kept = ::dup(channel_.fd());
	const int closed = ::dup(channel_.fd());
	{
		detail::IoctlChannel{kept}.release();
		const detail::IoctlChannel owner{closed};
	}
	EXPECT_GE(::fcntl(kept, F_GETFD), 0);
	EXPECT_EQ(::fcntl(closed, F_GETFD), -1);
	::close(kept);
}

} // namespace
} // namespace pcipeek
