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

#include "machine.hpp"
#include "touch.hpp"
#include "window.hpp"

namespace {

using vm::access_at;
using vm::all_rights;
using vm::Given;
using vm::Window;

using vm::edu;
using vm::testdev;
using vm::ivshmem;
using vm::nvme;

constexpr std::uint64_t map_rights = all_rights | PCIPEEK_RIGHT_MMAP;
constexpr std::size_t page = 4096;

pcipeek_bar_info bar_info(const Window &window, std::uint8_t bar)
{
	pcipeek_bar_info info{};
	info.size = sizeof(info);
	info.bar = bar;
	EXPECT_EQ(0, window.ioctl(PCIPEEK_IOC_BAR_INFO, &info));
	return info;
}

/* A mapping, or the errno why there is none. */
class Map {
public:
	Map(const Window &window, std::uint64_t offset, std::size_t bytes,
	    int protection = PROT_READ | PROT_WRITE, int flags = MAP_SHARED)
		: bytes_(bytes),
		  at_(::mmap(nullptr, bytes, protection, flags, window.fd(),
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
	const Given given(edu);
	const Window window(edu, map_rights);
	const pcipeek_bar_info info = bar_info(window, 0);
	ASSERT_EQ(1U << 20, info.mmap_length);
	const Map map(window, info.mmap_offset, info.mmap_length);
	ASSERT_EQ(0, map.error());
	EXPECT_EQ(0x010000edU, map.word());
	map.word(4) = 0x12345678;
	EXPECT_EQ(~0x12345678U, map.word(4));
}

TEST(AMapping, OfAPartOfABarIsThatPart)
{
	const Given given(ivshmem);
	const Window window(ivshmem, map_rights);
	const pcipeek_bar_info info = bar_info(window, 2);
	const Map map(window, info.mmap_offset + 3 * page, page);
	ASSERT_EQ(0, map.error());
	map.word(8) = 0xcafef00d;
	pcipeek_access access = access_at(2, 3 * page + 8, 4);
	EXPECT_EQ(0, window.read(access));
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
	const Given given(ivshmem);
	const Window window(ivshmem, map_rights);
	const pcipeek_bar_info info = bar_info(window, 2);
	ASSERT_EQ(16U << 20, info.mmap_length);
	const Map map(window, info.mmap_offset, info.mmap_length);
	ASSERT_EQ(0, map.error());
	for (std::size_t at = 0; at < info.mmap_length; at += 4)
		map.word(at) = static_cast<std::uint32_t>(at * 2654435761U);
	std::vector<std::uint32_t> image(info.mmap_length / 4);
	pcipeek_block block = vm::block_at(2, 0, 8, image.size() / 2, image.data());
	ASSERT_EQ(0, window.block(block));
	for (std::size_t i = 0; i < image.size(); i++)
		ASSERT_EQ(static_cast<std::uint32_t>(i * 4 * 2654435761U), image[i]) << i;
	EXPECT_TRUE(image == file_behind_ivshmem());
}

TEST(AMapping, OfASubPageBarIsRefused)
{
	const Given given(ivshmem);
	const Window window(ivshmem, map_rights);
	EXPECT_EQ(0U, bar_info(window, 0).mmap_length);
	EXPECT_EQ(EOPNOTSUPP, Map(window, 0, page).error());
}

TEST(AMapping, OfAnIoBarIsRefused)
{
	const Given given(testdev);
	const Window window(testdev, map_rights);
	EXPECT_EQ(0U, bar_info(window, 1).mmap_length);
	EXPECT_EQ(EOPNOTSUPP, Map(window, 1ULL << 40, page).error());
}

TEST(AMapping, PastTheBarOrOfNoBarIsRefused)
{
	const Given given(edu);
	const Window window(edu, map_rights);
	EXPECT_EQ(ERANGE, Map(window, 0, (1 << 20) + page).error());
	EXPECT_EQ(ERANGE, Map(window, 1 << 20, page).error());
	EXPECT_EQ(ERANGE, Map(window, (1ULL << 40) - page, page).error());
	for (const std::uint64_t bar : {1, 5, 6, 9, 15})
		EXPECT_EQ(ENXIO, Map(window, bar << 40, page).error()) << bar;
	/* in 32 bits, the C library itself has no page of that number */
	EXPECT_EQ(sizeof(void *) == 8 ? ENXIO : EINVAL, Map(window, 1ULL << 60, page).error());
}

TEST(AMapping, DoesNotGrow)
{
	const Given given(edu);
	const Window window(edu, map_rights);
	const Map map(window, 0, page);
	ASSERT_EQ(0, map.error());
	EXPECT_EQ(MAP_FAILED, ::mremap(map.at(), page, 2 * page, MREMAP_MAYMOVE));
}

TEST(AMapping, ThatIsPrivateOrExecutableIsRefused)
{
	const Given given(edu);
	const Window window(edu, map_rights);
	EXPECT_EQ(EINVAL, Map(window, 0, page, PROT_READ | PROT_WRITE, MAP_PRIVATE).error());
	EXPECT_EQ(EINVAL, Map(window, 0, page, PROT_READ, MAP_PRIVATE).error());
	EXPECT_EQ(EINVAL, Map(window, 0, page, PROT_READ | PROT_EXEC).error());
	const Map map(window, 0, page);
	EXPECT_EQ(-1, ::mprotect(map.at(), page, PROT_READ | PROT_EXEC));
	EXPECT_EQ(EACCES, errno);
}

TEST(AMapping, ThatIsReadOnlyStaysSo)
{
	const Given given(edu);
	const Window window(edu, map_rights);
	const Map map(window, 0, page, PROT_READ);
	ASSERT_EQ(0, map.error());
	EXPECT_EQ(0x010000edU, map.word());
	EXPECT_EQ(-1, ::mprotect(map.at(), page, PROT_READ | PROT_WRITE));
	EXPECT_EQ(EACCES, errno);
}

TEST(AMapping, NeedsItsRights)
{
	const Given given(edu);
	EXPECT_EQ(EACCES, Map(Window(edu, all_rights), 0, page).error());
	EXPECT_EQ(EACCES,
		  Map(Window(edu, PCIPEEK_RIGHT_BAR(1) | PCIPEEK_RIGHT_MMAP), 0, page, PROT_READ)
			  .error());
	const Window reader(edu, PCIPEEK_RIGHT_BAR(0) | PCIPEEK_RIGHT_MMAP);
	EXPECT_EQ(EACCES, Map(reader, 0, page).error());
	EXPECT_EQ(0, Map(reader, 0, page, PROT_READ).error());
	EXPECT_EQ(ENOTCONN, Map(Window(O_RDWR), 0, page).error());
}

TEST(AMapping, OfAFileThatIsOpenForReadingOnlyWorks)
{
	const Given given(edu);
	const Window window(edu, PCIPEEK_RIGHT_BAR(0) | PCIPEEK_RIGHT_MMAP, 0, O_RDONLY);
	const Map map(window, 0, page, PROT_READ);
	ASSERT_EQ(0, map.error());
	EXPECT_EQ(0x010000edU, map.word());
	EXPECT_EQ(-1, ::mprotect(map.at(), page, PROT_WRITE));
}

TEST(AMapping, IsNotForSharedFunctions)
{
	EXPECT_EQ(EINVAL, Window(O_RDWR).attach(edu, map_rights, PCIPEEK_ATTACH_SHARED));
}

TEST(AMapping, IsNotInheritedByAChild)
{
	const Given given(edu);
	const Window window(edu, map_rights);
	const Map map(window, 0, page);
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
	auto given = std::make_unique<Given>(edu);
	auto window = std::make_unique<Window>(edu, map_rights);
	const Map map(*window, 0, page);
	ASSERT_EQ(0, map.error());
	window.reset();
	EXPECT_EQ(-1, ::syscall(SYS_delete_module, "pcipeek", O_NONBLOCK));
	EXPECT_EQ(EAGAIN, errno);
	EXPECT_EQ(0x010000edU, map.word());
	given.reset();
	EXPECT_EQ(-1, ::syscall(SYS_delete_module, "pcipeek", O_NONBLOCK));
	EXPECT_EQ(EFAULT, vm::touch(&map.word()));
}

TEST(AMapping, BecomesSigbusWhenTheFunctionIsTaken)
{
	auto given = std::make_unique<Given>(edu);
	const Window window(edu, map_rights);
	const Map map(window, 0, 2 * page);
	ASSERT_EQ(0x010000edU, map.word());
	given.reset();
	EXPECT_EQ(EFAULT, vm::touch(&map.word()));
	EXPECT_EQ(EFAULT, vm::touch(&map.word(page)));
	EXPECT_EQ(ENODEV, Map(window, 0, page).error());
}

TEST(AMapping, BecomesSigbusWhenTheFunctionIsRemoved)
{
	const Given given(edu);
	const Window window(edu, map_rights);
	const Map map(window, 0, page);
	ASSERT_EQ(0x010000edU, map.word());
	ASSERT_EQ(0, vm::write_pci("devices/" + edu + "/remove", "1"));
	EXPECT_EQ(EFAULT, vm::touch(&map.word()));
	ASSERT_EQ(0, vm::write_pci("rescan", "1"));
	EXPECT_EQ(EFAULT, vm::touch(&map.word()));
}

TEST(AMapping, ComesBackAfterAReset)
{
	const Given given(nvme);
	const Window window(nvme, map_rights);
	const Map map(window, 0, page);
	ASSERT_EQ(0x00010400U, map.word(8));
	ASSERT_EQ(0, vm::write_pci("devices/" + nvme + "/reset", "1"));
	EXPECT_EQ(0x00010400U, map.word(8));
}

TEST(AMapping, IsNotMadeOfAFunctionThatDoesNotDecode)
{
	const Given given(edu);
	const Window window(edu, map_rights);
	const std::uint16_t before = vm::command_of(edu);
	vm::set_command(edu, before & ~2);
	pcipeek_access access = access_at(0, 0, 4);
	while (window.read(access) == 0)
		;
	const Map map(window, 0, page);
	ASSERT_EQ(0, map.error());
	EXPECT_EQ(EFAULT, vm::touch(&map.word()));
	vm::set_command(edu, before);
	EXPECT_EQ(0x010000edU, map.word());
}

int set_mode(const Window &window, std::uint8_t bar, std::uint8_t mode)
{
	pcipeek_bar_mode argument{};
	argument.size = sizeof(argument);
	argument.bar = bar;
	argument.mode = mode;
	return window.ioctl(PCIPEEK_IOC_BAR_MODE, &argument);
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
		ASSERT_EQ(0, set_mode(*window_, 2, PCIPEEK_BAR_MODE_WC));
	}

	Given given_{ivshmem};
	std::unique_ptr<Window> window_ =
		std::make_unique<Window>(ivshmem, map_rights, PCIPEEK_ATTACH_EXCLUSIVE);
};

TEST_F(WriteCombining, ReallyIs)
{
	const pcipeek_bar_info info = bar_info(*window_, 2);
	EXPECT_FALSE(is_write_combining(info.address));
	hold();
	EXPECT_EQ(PCIPEEK_BAR_MODE_WC, bar_info(*window_, 2).mode);
	const Map map(*window_, info.mmap_offset, page);
	ASSERT_EQ(0, map.error());
	map.word() = 1;
	EXPECT_TRUE(is_write_combining(info.address));
}

TEST_F(WriteCombining, IsForMmapOnly)
{
	hold();
	pcipeek_access access = access_at(2, 0, 4);
	EXPECT_EQ(EOPNOTSUPP, window_->read(access));
	EXPECT_EQ(EOPNOTSUPP, window_->write(access));
	std::uint32_t word = 0;
	pcipeek_block block = vm::block_at(2, 0, 4, 1, &word);
	EXPECT_EQ(EOPNOTSUPP, window_->block(block));
	ASSERT_EQ(0, set_mode(*window_, 2, PCIPEEK_BAR_MODE_UNCACHED));
	EXPECT_EQ(0, window_->read(access));
}

TEST_F(WriteCombining, IsOverWhenTheFileIsClosed)
{
	const pcipeek_bar_info info = bar_info(*window_, 2);
	hold();
	window_.reset();
	const Window next(ivshmem);
	EXPECT_EQ(PCIPEEK_BAR_MODE_UNCACHED, bar_info(next, 2).mode);
	EXPECT_FALSE(is_write_combining(info.address));
	pcipeek_access access = access_at(2, 0, 4);
	EXPECT_EQ(0, next.read(access));
}

TEST_F(WriteCombining, IsRefusedForAMappedBarAndForOthers)
{
	{
		const Map map(*window_, bar_info(*window_, 2).mmap_offset, page);
		EXPECT_EQ(EBUSY, set_mode(*window_, 2, PCIPEEK_BAR_MODE_WC));
	}
	EXPECT_EQ(EOPNOTSUPP, set_mode(*window_, 0, PCIPEEK_BAR_MODE_WC)) << "not prefetchable";
	EXPECT_EQ(ENXIO, set_mode(*window_, 3, PCIPEEK_BAR_MODE_WC));
	EXPECT_EQ(EINVAL, set_mode(*window_, 2, 2));
	const Window admin(ivshmem, map_rights);
	EXPECT_EQ(EACCES, set_mode(admin, 2, PCIPEEK_BAR_MODE_WC)) << "not exclusive";
	hold();
	EXPECT_EQ(EBUSY, Map(admin, bar_info(admin, 2).mmap_offset, page).error());
}

int restrict_to(const Window &window, std::uint64_t rights)
{
	pcipeek_restrict argument{};
	argument.size = sizeof(argument);
	argument.rights = rights;
	return window.ioctl(PCIPEEK_IOC_RESTRICT, &argument);
}

TEST(Restrict, TakesRightsForEverFromAllDuplicates)
{
	const Given given(edu);
	const Window window(edu, map_rights);
	const int copy = ::dup(window.fd());
	EXPECT_EQ(0, restrict_to(window, PCIPEEK_RIGHT_BAR(0)));
	EXPECT_EQ(PCIPEEK_RIGHT_BAR(0), window.info().rights);
	pcipeek_access access = access_at(0, 4, 4);
	EXPECT_EQ(-1, ::ioctl(copy, PCIPEEK_IOC_WRITE, &access));
	EXPECT_EQ(EACCES, errno);
	EXPECT_EQ(0, window.read(access));
	EXPECT_EQ(EACCES, Map(window, 0, page, PROT_READ).error());
	EXPECT_EQ(EACCES, restrict_to(window, all_rights)) << "nothing comes back";
	EXPECT_EQ(EINVAL, restrict_to(window, PCIPEEK_RIGHT_BAR(0) | 1ULL << 63));
	EXPECT_EQ(PCIPEEK_RIGHT_BAR(0), window.info().rights);
	::close(copy);
}

TEST(Restrict, OfWhatAMappingHasIsEBUSYAlsoAfterItIsGone)
{
	const Given given(edu);
	const Window window(edu, map_rights);
	EXPECT_EQ(0, Map(window, 0, page).error());
	EXPECT_EQ(EBUSY, restrict_to(window, PCIPEEK_RIGHT_BAR(0) | PCIPEEK_RIGHT_MMAP));
	EXPECT_EQ(EBUSY, restrict_to(window, PCIPEEK_RIGHT_WRITE | PCIPEEK_RIGHT_MMAP));
	EXPECT_EQ(0, restrict_to(window,
				 PCIPEEK_RIGHT_BAR(0) | PCIPEEK_RIGHT_WRITE | PCIPEEK_RIGHT_MMAP));
}

unsigned events_of(const Window &window)
{
	const int epoll = ::epoll_create1(0);
	epoll_event event{};
	event.events = EPOLLPRI;
	EXPECT_EQ(0, ::epoll_ctl(epoll, EPOLL_CTL_ADD, window.fd(), &event));
	event.events = 0;
	::epoll_wait(epoll, &event, 1, 0);
	::close(epoll);
	return event.events;
}

TEST(Poll, TellsOfAResetUntilDeviceInfoHas)
{
	const Given given(nvme);
	const Window window(nvme);
	EXPECT_EQ(0U, events_of(window));
	ASSERT_EQ(0, vm::write_pci("devices/" + nvme + "/reset", "1"));
	EXPECT_EQ(static_cast<unsigned>(EPOLLPRI), events_of(window));
	EXPECT_EQ(2U, window.info().generation);
	EXPECT_EQ(0U, events_of(window));
}

TEST(Poll, WakesUpWhenTheWindowEnds)
{
	auto given = std::make_unique<Given>(edu);
	const Window window(edu);
	const int epoll = ::epoll_create1(0);
	epoll_event event{};
	ASSERT_EQ(0, ::epoll_ctl(epoll, EPOLL_CTL_ADD, window.fd(), &event));
	EXPECT_EQ(0, ::epoll_wait(epoll, &event, 1, 0));
	given.reset();
	EXPECT_EQ(1, ::epoll_wait(epoll, &event, 1, 5000));
	EXPECT_TRUE(event.events & EPOLLHUP);
	::close(epoll);
}

} // namespace
