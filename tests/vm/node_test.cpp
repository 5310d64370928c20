// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
//
// A board's own node: what an open file of it can do, and that it goes with the grant.

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <filesystem>
#include <memory>
#include <set>
#include <string>
#include <thread>

#include "attachment.hpp"
#include "eventually.hpp"
#include "machine.hpp"
#include "own_node.hpp"
#include "trace.hpp"

namespace {

using vm::access_at;
using vm::edu;
using vm::Granted;
using vm::node_name;
using vm::node_of;
using vm::open_to_everybody;
using vm::testdev;

constexpr std::uint64_t read_rights = PCIPEEK_RIGHT_ALL_BARS | PCIPEEK_RIGHT_MMAP;

/* An open file of a node, or the errno of opening it. */
class File {
public:
	explicit File(const std::string &path, int flags = O_RDWR)
		: fd_(::open(path.c_str(), flags | O_CLOEXEC)), error_(fd_ < 0 ? errno : 0)
	{
	}
	~File()
	{
		if (fd_ >= 0)
			::close(fd_);
	}
	File(const File &) = delete;
	File &operator=(const File &) = delete;

	int error() const
	{
		return error_;
	}
	int ioctl(unsigned long request, void *argument) const
	{
		return ::ioctl(fd_, request, argument) < 0 ? errno : 0;
	}
	int read() const
	{
		pcipeek_access access = access_at(0, 0, 4);
		const int error = ioctl(PCIPEEK_IOC_READ, &access);
		return error ? error : access.value == 0x010000ed ? 0 : -1;
	}
	int write(std::uint64_t value) const
	{
		pcipeek_access access = access_at(0, 4, 4, value);
		return ioctl(PCIPEEK_IOC_WRITE, &access);
	}
	int map(int protection) const
	{
		void *at = ::mmap(nullptr, 4096, protection, MAP_SHARED, fd_, 0);
		return at == MAP_FAILED ? errno : ::munmap(at, 4096);
	}
	int restrict_to(std::uint64_t rights) const
	{
		pcipeek_restrict argument{};
		argument.size = sizeof(argument);
		argument.rights = rights;
		return ioctl(PCIPEEK_IOC_RESTRICT, &argument);
	}
	int attach(const std::string &address) const
	{
		pcipeek_attach argument{};
		argument.size = sizeof(argument);
		argument.devfn = vm::place_of(address).devfn;
		argument.rights = PCIPEEK_RIGHT_ALL_BARS;
		return ioctl(PCIPEEK_IOC_ATTACH, &argument);
	}
	pcipeek_device_info info() const
	{
		pcipeek_device_info info{};
		info.size = sizeof(info);
		EXPECT_EQ(0, ioctl(PCIPEEK_IOC_DEVICE_INFO, &info));
		return info;
	}

private:
	int fd_;
	int error_;
};

int open_error(const std::string &path, int flags)
{
	return File(path, flags).error();
}

dev_t number_of(const std::string &path)
{
	struct stat status {};
	EXPECT_EQ(0, ::stat(path.c_str(), &status)) << path;
	return status.st_rdev;
}

/* A node as a container's administrator would make it. */
class NodeByHand {
public:
	explicit NodeByHand(dev_t number)
	{
		EXPECT_EQ(0, ::mknod(path.c_str(), S_IFCHR | 0600, number));
	}
	~NodeByHand()
	{
		::unlink(path.c_str());
	}
	NodeByHand(const NodeByHand &) = delete;
	NodeByHand &operator=(const NodeByHand &) = delete;

	const std::string path = "/dev/by-hand";
};

TEST(ABoardsNode, IsBelowTheFunctionInSysfs)
{
	const Granted granted(edu);
	const std::filesystem::path sysfs = "/sys/class/pcipeek/" + node_name(edu);
	EXPECT_TRUE(std::filesystem::equivalent(sysfs / "device", "/sys/bus/pci/devices/" + edu));
	EXPECT_EQ(std::to_string(major(number_of(node_of(edu)))) + ":" +
			  std::to_string(minor(number_of(node_of(edu)))) + "\n",
		  vm::text_of(sysfs / "dev"));
}

TEST(ABoardsNode, IsThereForGrantedBoardsOnly)
{
	EXPECT_EQ(ENOENT, open_error(node_of(edu), O_RDWR));
	const Granted granted(edu);
	EXPECT_EQ(0, open_error(node_of(edu), O_RDWR));
	EXPECT_EQ(ENOENT, open_error(node_of(testdev), O_RDWR));
}

TEST(ABoardsNode, IsAttachedFromTheStart)
{
	const Granted granted(edu);
	const File file(node_of(edu));
	const vm::Mark mark = vm::mark_trace();
	EXPECT_EQ(0, file.read());
	EXPECT_EQ(0, file.write(0x5a));
	EXPECT_THAT(vm::accesses_since(mark, edu), testing::SizeIs(2));
	const pcipeek_device_info info = file.info();
	EXPECT_EQ(0x18, info.devfn);
	EXPECT_TRUE(info.state & PCIPEEK_STATE_GRANTED);
	EXPECT_FALSE(info.state & PCIPEEK_STATE_EXCLUSIVE);
}

TEST(ABoardsNode, GivesTheRightsOfTheOpenMode)
{
	const Granted granted(edu);
	EXPECT_EQ(read_rights, File(node_of(edu), O_RDONLY).info().rights);
	EXPECT_EQ(read_rights | PCIPEEK_RIGHT_WRITE, File(node_of(edu)).info().rights);
	EXPECT_EQ(EACCES, open_error(node_of(edu), O_WRONLY));
}

TEST(ABoardsNode, AsksForNoBusMastering)
{
	const Granted granted(edu);
	EXPECT_FALSE(File(node_of(edu)).info().state &
		     (PCIPEEK_STATE_BUS_MASTER | PCIPEEK_STATE_BUS_MASTER_REQUESTED));
}

TEST(ABoardsNode, OpenForReadingNeitherWritesNorMapsForWriting)
{
	const Granted granted(edu);
	const File file(node_of(edu), O_RDONLY);
	const vm::Mark mark = vm::mark_trace();
	EXPECT_EQ(EACCES, file.write(1));
	EXPECT_THAT(vm::accesses_since(mark, edu), testing::IsEmpty());
	EXPECT_EQ(EACCES, file.map(PROT_READ | PROT_WRITE));
	EXPECT_EQ(0, file.map(PROT_READ));
	EXPECT_EQ(0, file.read());
}

TEST(ABoardsNode, RefusesToAttachAgain)
{
	const Granted granted(edu);
	const Granted other(testdev);
	const File file(node_of(edu));
	EXPECT_EQ(EISCONN, file.attach(testdev));
	EXPECT_EQ(EISCONN, file.attach(edu));
	EXPECT_EQ(0x11e8, file.info().device_id);
}

TEST(ABoardsNode, CanBeRestricted)
{
	const Granted granted(edu);
	const File file(node_of(edu));
	EXPECT_EQ(0, file.restrict_to(PCIPEEK_RIGHT_BAR(0)));
	EXPECT_EQ(0, file.read());
	EXPECT_EQ(EACCES, file.write(1));
	EXPECT_EQ(EACCES, file.map(PROT_READ));
	EXPECT_EQ(EACCES, file.restrict_to(read_rights));
}

TEST(ABoardsNode, OpenedWithOExclIsExclusive)
{
	const Granted granted(edu);
	EXPECT_EQ(EINVAL, open_error(node_of(edu), O_RDONLY | O_EXCL));
	const File file(node_of(edu), O_RDWR | O_EXCL);
	EXPECT_TRUE(file.info().state & PCIPEEK_STATE_EXCLUSIVE);
	EXPECT_EQ(EUSERS, open_error(node_of(edu), O_RDWR | O_EXCL));
	open_to_everybody(node_of(edu));
	EXPECT_EQ(EUSERS, vm::as_user([] { return open_error(node_of(edu), O_RDONLY); }));
}

TEST(ABoardsNode, NeedsNoRightOnTheCommonNode)
{
	const Granted granted(edu);
	open_to_everybody(node_of(edu));
	EXPECT_EQ(EACCES, vm::as_user([] { return open_error("/dev/pcipeek", O_RDONLY); }));
	EXPECT_EQ(0, vm::as_user([] { return File(node_of(edu)).read(); }));
}

TEST(ABoardsNode, IsGoneAfterUnbindingAndItsFilesHaveEnded)
{
	auto granted = std::make_unique<Granted>(edu);
	const File file(node_of(edu));
	granted.reset();
	EXPECT_EQ(ENOENT, open_error(node_of(edu), O_RDWR));
	EXPECT_FALSE(std::filesystem::exists("/sys/class/pcipeek/" + node_name(edu)));
	EXPECT_EQ(ENODEV, file.read());
	EXPECT_EQ(static_cast<unsigned>(PCIPEEK_END_UNBOUND), file.info().end_reason);
}

TEST(ABoardsNode, ComesBackWithTheNextGrantAndOldFilesStayEnded)
{
	auto granted = std::make_unique<Granted>(edu);
	const File before(node_of(edu));
	const dev_t number = number_of(node_of(edu));
	granted.reset();
	const Granted again(edu);
	EXPECT_EQ(number, number_of(node_of(edu)));
	EXPECT_EQ(0, File(node_of(edu)).read());
	EXPECT_EQ(ENODEV, before.read());
}

TEST(ABoardsNode, NumberNeverLeadsToAnotherBoard)
{
	auto granted = std::make_unique<Granted>(edu);
	const NodeByHand by_hand(number_of(node_of(edu)));
	EXPECT_EQ(0, File(by_hand.path).read());
	granted.reset();
	EXPECT_EQ(ENODEV, open_error(by_hand.path, O_RDWR));
	const Granted other(testdev);
	EXPECT_NE(number_of(node_of(testdev)), number_of(by_hand.path));
	EXPECT_EQ(ENODEV, open_error(by_hand.path, O_RDWR));
	EXPECT_EQ(ENODEV, open_error(by_hand.path, O_RDONLY));
}

TEST(ABoardsNode, WithANumberOfNoBoardIsENODEV)
{
	const Granted granted(edu);
	const NodeByHand by_hand(makedev(major(number_of(node_of(edu))), 0xfffff));
	EXPECT_EQ(ENODEV, open_error(by_hand.path, O_RDWR));
}

TEST(ABoardsNode, OfARemovedFunctionGoesAndItsFilesTellWhy)
{
	const Granted granted(edu);
	const File file(node_of(edu));
	ASSERT_EQ(0, vm::write_pci("devices/" + edu + "/remove", "1"));
	EXPECT_EQ(ENOENT, open_error(node_of(edu), O_RDWR));
	EXPECT_EQ(ENODEV, file.read());
	EXPECT_EQ(static_cast<unsigned>(PCIPEEK_END_REMOVED), file.info().end_reason);
	ASSERT_EQ(0, vm::write_pci("rescan", "1"));
	const Granted again(edu);
	EXPECT_EQ(0, File(node_of(edu)).read());
}

/* The holder of the grant takes it away in the end. */
void bind_again()
{
	EXPECT_EQ(0, vm::write_pci("devices/" + edu + "/driver_override", "pcipeek"));
	EXPECT_EQ(0, vm::write_pci("drivers/pcipeek/bind", edu));
	EXPECT_EQ(0, vm::write_pci("devices/" + edu + "/driver_override", "\n"));
}

/* By a node of our own, so that opening it does not depend on the name that comes and goes. */
TEST(ABoardsNode, OpenedWhileTheGrantComesAndGoesIsHonest)
{
	const Granted granted(edu);
	const NodeByHand by_hand(number_of(node_of(edu)));
	std::atomic<bool> stop = false;
	std::atomic<unsigned> opened = 0;
	std::set<int> errors;
	std::thread opener([&] {
		while (!stop) {
			const File file(by_hand.path);
			opened += file.error() == 0;
			errors.insert(file.error() ? file.error() : file.read());
		}
	});
	for (int i = 0; i < 20; i++) {
		const unsigned before = opened;
		EXPECT_TRUE(vm::eventually([&] { return opened != before; }));
		EXPECT_EQ(0, vm::write_pci("drivers/pcipeek/unbind", edu));
		bind_again();
	}
	stop = true;
	opener.join();
	for (const int error : errors)
		EXPECT_THAT(error, testing::AnyOf(0, ENODEV, EAGAIN));
	EXPECT_THAT(errors, testing::Contains(0));
}

} // namespace
