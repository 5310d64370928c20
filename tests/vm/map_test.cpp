// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
//
// mmap(): what can be mapped, how, and what takes it away; write-combining; RESTRICT.

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/epoll.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include "attachment.hpp"
#include "machine.hpp"
#include "touch.hpp"

namespace {

using vm::access_at;
using vm::all_rights;
using vm::Granted;
using vm::Attachment;

using vm::edu;
using vm::testdev;
using vm::ivshmem;
using vm::nvme;

constexpr std::uint64_t map_rights = all_rights | PCIPEEK_RIGHT_MMAP;
constexpr std::size_t page = 4096;

pcipeek_bar_info bar_info(const Attachment &attachment, std::uint8_t bar)
{
	pcipeek_bar_info info{};
	info.size = sizeof(info);
	info.bar = bar;
	EXPECT_EQ(0, attachment.ioctl(PCIPEEK_IOC_BAR_INFO, &info));
	return info;
}

/* A mapping, or the errno why there is none. */
class Map {
public:
	Map(const Attachment &attachment, std::uint64_t offset, std::size_t bytes,
	    int protection = PROT_READ | PROT_WRITE, int flags = MAP_SHARED)
		: bytes_(bytes),
		  at_(::mmap(nullptr, bytes, protection, flags, attachment.fd(),
			     static_cast<off_t>(offset))),
		  error_(at_ == MAP_FAILED ? errno : 0)
	{
	}
	~Map()
	{
		if (at_ != MAP_FAILED)
			::munmap(at_, bytes_);
	}
	Map(const Map &) = delete;
	Map &operator=(const Map &) = delete;

	int error() const
	{
		return error_;
	}
	void *at() const
	{
		return at_;
	}
	volatile std::uint32_t &word(std::size_t offset = 0) const
	{
		return *reinterpret_cast<volatile std::uint32_t *>(static_cast<char *>(at_) +
								   offset);
	}

private:
	std::size_t bytes_;
	void *at_;
	int error_;
};

TEST(AMapping, ShowsTheRegistersOfTheBar)
{
	const Granted granted(edu);
	const Attachment attachment(edu, map_rights);
	const pcipeek_bar_info info = bar_info(attachment, 0);
	ASSERT_EQ(1U << 20, info.mmap_length);
	const Map map(attachment, info.mmap_offset, info.mmap_length);
	ASSERT_EQ(0, map.error());
	EXPECT_EQ(0x010000edU, map.word());
	map.word(4) = 0x12345678;
	EXPECT_EQ(~0x12345678U, map.word(4));
}

TEST(AMapping, OfAPartOfABarIsThatPart)
{
	const Granted granted(ivshmem);
	const Attachment attachment(ivshmem, map_rights);
	const pcipeek_bar_info info = bar_info(attachment, 2);
	const Map map(attachment, info.mmap_offset + 3 * page, page);
	ASSERT_EQ(0, map.error());
	map.word(8) = 0xcafef00d;
	pcipeek_access access = access_at(2, 3 * page + 8, 4);
	EXPECT_EQ(0, attachment.read(access));
	EXPECT_EQ(0xcafef00dU, access.value);
}

std::vector<std::uint32_t> file_behind_ivshmem()
{
	std::vector<std::uint32_t> image((16 << 20) / 4);
	std::ifstream file("/trace/memory", std::ios::binary);
	file.read(reinterpret_cast<char *>(image.data()), 16 << 20);
	EXPECT_TRUE(file);
	return image;
}

TEST(AMapping, Moves16MiBAndAgreesWithBlockAndWithTheFileOnTheHost)
{
	const Granted granted(ivshmem);
	const Attachment attachment(ivshmem, map_rights);
	const pcipeek_bar_info info = bar_info(attachment, 2);
	ASSERT_EQ(16U << 20, info.mmap_length);
	const Map map(attachment, info.mmap_offset, info.mmap_length);
	ASSERT_EQ(0, map.error());
	for (std::size_t at = 0; at < info.mmap_length; at += 4)
		map.word(at) = static_cast<std::uint32_t>(at * 2654435761U);
	std::vector<std::uint32_t> image(info.mmap_length / 4);
	pcipeek_block block = vm::block_at(2, 0, 8, image.size() / 2, image.data());
	ASSERT_EQ(0, attachment.block(block));
	for (std::size_t i = 0; i < image.size(); i++)
		ASSERT_EQ(static_cast<std::uint32_t>(i * 4 * 2654435761U), image[i]) << i;
	EXPECT_TRUE(image == file_behind_ivshmem());
}

TEST(AMapping, OfASubPageBarIsRefused)
{
	const Granted granted(ivshmem);
	const Attachment attachment(ivshmem, map_rights);
	EXPECT_EQ(0U, bar_info(attachment, 0).mmap_length);
	EXPECT_EQ(EOPNOTSUPP, Map(attachment, 0, page).error());
}

TEST(AMapping, OfAnIoBarIsRefused)
{
	const Granted granted(testdev);
	const Attachment attachment(testdev, map_rights);
	EXPECT_EQ(0U, bar_info(attachment, 1).mmap_length);
	EXPECT_EQ(EOPNOTSUPP, Map(attachment, 1ULL << 40, page).error());
}

TEST(AMapping, PastTheBarOrOfNoBarIsRefused)
{
	const Granted granted(edu);
	const Attachment attachment(edu, map_rights);
	EXPECT_EQ(ERANGE, Map(attachment, 0, (1 << 20) + page).error());
	EXPECT_EQ(ERANGE, Map(attachment, 1 << 20, page).error());
	EXPECT_EQ(ERANGE, Map(attachment, (1ULL << 40) - page, page).error());
	for (const std::uint64_t bar : {1, 5, 6, 9, 15})
		EXPECT_EQ(ENXIO, Map(attachment, bar << 40, page).error()) << bar;
	/* in 32 bits, the C library itself has no page of that number */
	EXPECT_EQ(sizeof(void *) == 8 ? ENXIO : EINVAL, Map(attachment, 1ULL << 60, page).error());
}

TEST(AMapping, DoesNotGrow)
{
	const Granted granted(edu);
	const Attachment attachment(edu, map_rights);
	const Map map(attachment, 0, page);
	ASSERT_EQ(0, map.error());
	EXPECT_EQ(MAP_FAILED, ::mremap(map.at(), page, 2 * page, MREMAP_MAYMOVE));
}

TEST(AMapping, ThatIsPrivateOrExecutableIsRefused)
{
	const Granted granted(edu);
	const Attachment attachment(edu, map_rights);
	EXPECT_EQ(EINVAL, Map(attachment, 0, page, PROT_READ | PROT_WRITE, MAP_PRIVATE).error());
	EXPECT_EQ(EINVAL, Map(attachment, 0, page, PROT_READ, MAP_PRIVATE).error());
	EXPECT_EQ(EINVAL, Map(attachment, 0, page, PROT_READ | PROT_EXEC).error());
	const Map map(attachment, 0, page);
	EXPECT_EQ(-1, ::mprotect(map.at(), page, PROT_READ | PROT_EXEC));
	EXPECT_EQ(EACCES, errno);
}

TEST(AMapping, ThatIsReadOnlyStaysSo)
{
	const Granted granted(edu);
	const Attachment attachment(edu, map_rights);
	const Map map(attachment, 0, page, PROT_READ);
	ASSERT_EQ(0, map.error());
	EXPECT_EQ(0x010000edU, map.word());
	EXPECT_EQ(-1, ::mprotect(map.at(), page, PROT_READ | PROT_WRITE));
	EXPECT_EQ(EACCES, errno);
}

TEST(AMapping, NeedsItsRights)
{
	const Granted granted(edu);
	EXPECT_EQ(EACCES, Map(Attachment(edu, all_rights), 0, page).error());
	EXPECT_EQ(EACCES, Map(Attachment(edu, PCIPEEK_RIGHT_BAR(1) | PCIPEEK_RIGHT_MMAP), 0, page,
			      PROT_READ)
				  .error());
	const Attachment reader(edu, PCIPEEK_RIGHT_BAR(0) | PCIPEEK_RIGHT_MMAP);
	EXPECT_EQ(EACCES, Map(reader, 0, page).error());
	EXPECT_EQ(0, Map(reader, 0, page, PROT_READ).error());
	EXPECT_EQ(ENOTCONN, Map(Attachment(O_RDWR), 0, page).error());
}

TEST(AMapping, OfAFileThatIsOpenForReadingOnlyWorks)
{
	const Granted granted(edu);
	const Attachment attachment(edu, PCIPEEK_RIGHT_BAR(0) | PCIPEEK_RIGHT_MMAP, 0, O_RDONLY);
	const Map map(attachment, 0, page, PROT_READ);
	ASSERT_EQ(0, map.error());
	EXPECT_EQ(0x010000edU, map.word());
	EXPECT_EQ(-1, ::mprotect(map.at(), page, PROT_WRITE));
}

TEST(AMapping, IsNotForForeignFunctions)
{
	EXPECT_EQ(EINVAL, Attachment(O_RDWR).attach(edu, map_rights, PCIPEEK_ATTACH_FOREIGN));
}

TEST(AMapping, IsNotInheritedByAChild)
{
	const Granted granted(edu);
	const Attachment attachment(edu, map_rights);
	const Map map(attachment, 0, page);
	ASSERT_EQ(0x010000edU, map.word());
	const pid_t child = ::fork();
	if (child == 0) {
		::signal(SIGSEGV, SIG_DFL);
		const std::uint32_t value = map.word();
		::_exit(value ? 1 : 2);
	}
	int status = 0;
	::waitpid(child, &status, 0);
	EXPECT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGSEGV) << status;
}

/* The mapping is what holds the module: its file is closed. */
TEST(AMapping, KeepsTheModuleFromBeingUnloaded)
{
	auto granted = std::make_unique<Granted>(edu);
	auto attachment = std::make_unique<Attachment>(edu, map_rights);
	const Map map(*attachment, 0, page);
	ASSERT_EQ(0, map.error());
	attachment.reset();
	EXPECT_EQ(-1, ::syscall(SYS_delete_module, "pcipeek", O_NONBLOCK));
	EXPECT_EQ(EAGAIN, errno);
	EXPECT_EQ(0x010000edU, map.word());
	granted.reset();
	EXPECT_EQ(-1, ::syscall(SYS_delete_module, "pcipeek", O_NONBLOCK));
	EXPECT_EQ(EFAULT, vm::touch(&map.word()));
}

TEST(AMapping, BecomesSigbusWhenTheFunctionIsTaken)
{
	auto granted = std::make_unique<Granted>(edu);
	const Attachment attachment(edu, map_rights);
	const Map map(attachment, 0, 2 * page);
	ASSERT_EQ(0x010000edU, map.word());
	granted.reset();
	EXPECT_EQ(EFAULT, vm::touch(&map.word()));
	EXPECT_EQ(EFAULT, vm::touch(&map.word(page)));
	EXPECT_EQ(ENODEV, Map(attachment, 0, page).error());
}

TEST(AMapping, BecomesSigbusWhenTheFunctionIsRemoved)
{
	const Granted granted(edu);
	const Attachment attachment(edu, map_rights);
	const Map map(attachment, 0, page);
	ASSERT_EQ(0x010000edU, map.word());
	ASSERT_EQ(0, vm::write_pci("devices/" + edu + "/remove", "1"));
	EXPECT_EQ(EFAULT, vm::touch(&map.word()));
	ASSERT_EQ(0, vm::write_pci("rescan", "1"));
	EXPECT_EQ(EFAULT, vm::touch(&map.word()));
}

TEST(AMapping, ComesBackAfterAReset)
{
	const Granted granted(nvme);
	const Attachment attachment(nvme, map_rights);
	const Map map(attachment, 0, page);
	ASSERT_EQ(0x00010400U, map.word(8));
	ASSERT_EQ(0, vm::write_pci("devices/" + nvme + "/reset", "1"));
	EXPECT_EQ(0x00010400U, map.word(8));
}

TEST(AMapping, IsNotMadeOfAFunctionThatDoesNotDecode)
{
	const Granted granted(edu);
	const Attachment attachment(edu, map_rights);
	const std::uint16_t before = vm::command_of(edu);
	vm::set_command(edu, before & ~2);
	pcipeek_access access = access_at(0, 0, 4);
	while (attachment.read(access) == 0)
		;
	const Map map(attachment, 0, page);
	ASSERT_EQ(0, map.error());
	EXPECT_EQ(EFAULT, vm::touch(&map.word()));
	vm::set_command(edu, before);
	EXPECT_EQ(0x010000edU, map.word());
}

int set_mode(const Attachment &attachment, std::uint8_t bar, std::uint8_t mode)
{
	pcipeek_bar_mode argument{};
	argument.size = sizeof(argument);
	argument.bar = bar;
	argument.mode = mode;
	return attachment.ioctl(PCIPEEK_IOC_BAR_MODE, &argument);
}

/* What the processor's page tables say of a BAR. */
bool is_write_combining(std::uint64_t address)
{
	std::ifstream list("/sys/kernel/debug/x86/pat_memtype_list");
	EXPECT_TRUE(list) << "debugfs is not mounted";
	char expected[64];
	std::snprintf(expected, sizeof(expected), "[mem 0x%016llx-",
		      static_cast<unsigned long long>(address));
	for (std::string line; std::getline(list, line);)
		if (line.find(expected) != std::string::npos &&
		    line.find("write-combining") != std::string::npos)
			return true;
	return false;
}

class WriteCombining : public testing::Test {
protected:
	void hold()
	{
		ASSERT_EQ(0, set_mode(*attachment_, 2, PCIPEEK_BAR_MODE_WC));
	}

	Granted granted_{ivshmem};
	std::unique_ptr<Attachment> attachment_ =
		std::make_unique<Attachment>(ivshmem, map_rights, PCIPEEK_ATTACH_EXCLUSIVE);
};

TEST_F(WriteCombining, ReallyIs)
{
	const pcipeek_bar_info info = bar_info(*attachment_, 2);
	EXPECT_FALSE(is_write_combining(info.address));
	hold();
	EXPECT_EQ(PCIPEEK_BAR_MODE_WC, bar_info(*attachment_, 2).mode);
	const Map map(*attachment_, info.mmap_offset, page);
	ASSERT_EQ(0, map.error());
	map.word() = 1;
	EXPECT_TRUE(is_write_combining(info.address));
}

TEST_F(WriteCombining, IsForMmapOnly)
{
	hold();
	pcipeek_access access = access_at(2, 0, 4);
	EXPECT_EQ(EOPNOTSUPP, attachment_->read(access));
	EXPECT_EQ(EOPNOTSUPP, attachment_->write(access));
	std::uint32_t word = 0;
	pcipeek_block block = vm::block_at(2, 0, 4, 1, &word);
	EXPECT_EQ(EOPNOTSUPP, attachment_->block(block));
	ASSERT_EQ(0, set_mode(*attachment_, 2, PCIPEEK_BAR_MODE_UNCACHED));
	EXPECT_EQ(0, attachment_->read(access));
}

TEST_F(WriteCombining, IsOverWhenTheFileIsClosed)
{
	const pcipeek_bar_info info = bar_info(*attachment_, 2);
	hold();
	attachment_.reset();
	const Attachment next(ivshmem);
	EXPECT_EQ(PCIPEEK_BAR_MODE_UNCACHED, bar_info(next, 2).mode);
	EXPECT_FALSE(is_write_combining(info.address));
	pcipeek_access access = access_at(2, 0, 4);
	EXPECT_EQ(0, next.read(access));
}

TEST_F(WriteCombining, IsRefusedForAMappedBarAndForOthers)
{
	{
		const Map map(*attachment_, bar_info(*attachment_, 2).mmap_offset, page);
		EXPECT_EQ(EBUSY, set_mode(*attachment_, 2, PCIPEEK_BAR_MODE_WC));
	}
	EXPECT_EQ(EOPNOTSUPP, set_mode(*attachment_, 0, PCIPEEK_BAR_MODE_WC)) << "not prefetchable";
	EXPECT_EQ(ENXIO, set_mode(*attachment_, 3, PCIPEEK_BAR_MODE_WC));
	EXPECT_EQ(EINVAL, set_mode(*attachment_, 2, 2));
	const Attachment admin(ivshmem, map_rights);
	EXPECT_EQ(EACCES, set_mode(admin, 2, PCIPEEK_BAR_MODE_WC)) << "not exclusive";
	hold();
	EXPECT_EQ(EBUSY, Map(admin, bar_info(admin, 2).mmap_offset, page).error());
}

int restrict_to(const Attachment &attachment, std::uint64_t rights)
{
	pcipeek_restrict argument{};
	argument.size = sizeof(argument);
	argument.rights = rights;
	return attachment.ioctl(PCIPEEK_IOC_RESTRICT, &argument);
}

TEST(Restrict, TakesRightsForEverFromAllDuplicates)
{
	const Granted granted(edu);
	const Attachment attachment(edu, map_rights);
	const int copy = ::dup(attachment.fd());
	EXPECT_EQ(0, restrict_to(attachment, PCIPEEK_RIGHT_BAR(0)));
	EXPECT_EQ(PCIPEEK_RIGHT_BAR(0), attachment.info().rights);
	pcipeek_access access = access_at(0, 4, 4);
	EXPECT_EQ(-1, ::ioctl(copy, PCIPEEK_IOC_WRITE, &access));
	EXPECT_EQ(EACCES, errno);
	EXPECT_EQ(0, attachment.read(access));
	EXPECT_EQ(EACCES, Map(attachment, 0, page, PROT_READ).error());
	EXPECT_EQ(EACCES, restrict_to(attachment, all_rights)) << "nothing comes back";
	EXPECT_EQ(EINVAL, restrict_to(attachment, PCIPEEK_RIGHT_BAR(0) | 1ULL << 63));
	EXPECT_EQ(PCIPEEK_RIGHT_BAR(0), attachment.info().rights);
	::close(copy);
}

TEST(Restrict, OfWhatAMappingHasIsEBUSYAlsoAfterItIsGone)
{
	const Granted granted(edu);
	const Attachment attachment(edu, map_rights);
	EXPECT_EQ(0, Map(attachment, 0, page).error());
	EXPECT_EQ(EBUSY, restrict_to(attachment, PCIPEEK_RIGHT_BAR(0) | PCIPEEK_RIGHT_MMAP));
	EXPECT_EQ(EBUSY, restrict_to(attachment, PCIPEEK_RIGHT_WRITE | PCIPEEK_RIGHT_MMAP));
	EXPECT_EQ(0, restrict_to(attachment,
				 PCIPEEK_RIGHT_BAR(0) | PCIPEEK_RIGHT_WRITE | PCIPEEK_RIGHT_MMAP));
}

unsigned events_of(const Attachment &attachment)
{
	const int epoll = ::epoll_create1(0);
	epoll_event event{};
	event.events = EPOLLPRI;
	EXPECT_EQ(0, ::epoll_ctl(epoll, EPOLL_CTL_ADD, attachment.fd(), &event));
	event.events = 0;
	::epoll_wait(epoll, &event, 1, 0);
	::close(epoll);
	return event.events;
}

TEST(Poll, TellsOfAResetUntilDeviceInfoHas)
{
	const Granted granted(nvme);
	const Attachment attachment(nvme);
	EXPECT_EQ(0U, events_of(attachment));
	ASSERT_EQ(0, vm::write_pci("devices/" + nvme + "/reset", "1"));
	EXPECT_EQ(static_cast<unsigned>(EPOLLPRI), events_of(attachment));
	EXPECT_EQ(2U, attachment.info().generation);
	EXPECT_EQ(0U, events_of(attachment));
}

TEST(Poll, WakesUpWhenTheAttachmentEnds)
{
	auto granted = std::make_unique<Granted>(edu);
	const Attachment attachment(edu);
	const int epoll = ::epoll_create1(0);
	epoll_event event{};
	ASSERT_EQ(0, ::epoll_ctl(epoll, EPOLL_CTL_ADD, attachment.fd(), &event));
	EXPECT_EQ(0, ::epoll_wait(epoll, &event, 1, 0));
	granted.reset();
	EXPECT_EQ(1, ::epoll_wait(epoll, &event, 1, 5000));
	EXPECT_TRUE(event.events & EPOLLHUP);
	::close(epoll);
}

} // namespace
