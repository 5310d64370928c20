// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
//
// User memory that is not there yet, that is a device, or that changes: it keeps nobody
// from taking a function away, and nothing that was not checked reaches the function.

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <linux/userfaultfd.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "attachment.hpp"
#include "machine.hpp"
#include "option.hpp"
#include "trace.hpp"

namespace {

using std::chrono::steady_clock;
using vm::Granted;
using vm::Attachment;

using vm::edu;
constexpr std::size_t page = 4096;
/* On a kernel that checks itself, everything takes longer. */
const auto at_most = std::chrono::seconds(1) * vm::option("vm_slowness", 1);

/* A page that stays away until it is filled: who touches it sleeps. */
class AbsentPage {
public:
	AbsentPage()
		: fd_(static_cast<int>(::syscall(SYS_userfaultfd, O_CLOEXEC))),
		  at_(::mmap(nullptr, page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1,
			     0))
	{
		uffdio_api api{};
		api.api = UFFD_API;
		EXPECT_EQ(0, ::ioctl(fd_, UFFDIO_API, &api)) << errno;
		uffdio_register area{};
		area.range = {reinterpret_cast<std::uintptr_t>(at_), page};
		area.mode = UFFDIO_REGISTER_MODE_MISSING;
		EXPECT_EQ(0, ::ioctl(fd_, UFFDIO_REGISTER, &area)) << errno;
	}
	~AbsentPage()
	{
		::munmap(at_, page);
		::close(fd_);
	}
	AbsentPage(const AbsentPage &) = delete;
	AbsentPage &operator=(const AbsentPage &) = delete;

	void *at() const
	{
		return at_;
	}
	void wait_until_somebody_sleeps() const
	{
		uffd_msg message{};
		EXPECT_EQ(static_cast<ssize_t>(sizeof(message)),
			  ::read(fd_, &message, sizeof(message)));
		EXPECT_EQ(UFFD_EVENT_PAGEFAULT, message.event);
	}
	void fill() const
	{
		uffdio_zeropage zero{};
		zero.range = {reinterpret_cast<std::uintptr_t>(at_), page};
		EXPECT_EQ(0, ::ioctl(fd_, UFFDIO_ZEROPAGE, &zero)) << errno;
	}

private:
	int fd_;
	void *at_;
};

/* @call stops at the page; meanwhile the function is taken, as fast as ever. */
void expect_taken_under(const std::function<int(const Attachment &, void *)> &call)
{
	auto granted = std::make_unique<Granted>(edu);
	const Attachment attachment(edu);
	const AbsentPage absent;
	std::thread stalled([&] { call(attachment, absent.at()); });
	absent.wait_until_somebody_sleeps();
	const auto before = steady_clock::now();
	granted.reset();
	EXPECT_GT(at_most, steady_clock::now() - before);
	absent.fill();
	stalled.join();
	pcipeek_access access = vm::access_at(0, 0, 4);
	EXPECT_EQ(ENODEV, attachment.read(access));
}

TEST(MemoryThatIsNotThereYet, OfAReadKeepsNobodyFromTakingTheFunction)
{
	expect_taken_under([](const Attachment &attachment, void *at) {
		return attachment.ioctl(PCIPEEK_IOC_READ, at);
	});
}

TEST(MemoryThatIsNotThereYet, OfABlockKeepsNobodyFromTakingTheFunction)
{
	expect_taken_under([](const Attachment &attachment, void *at) {
		pcipeek_block block = vm::block_at(0, 0, 4, 4, at);
		return attachment.block(block);
	});
}

TEST(MemoryThatIsNotThereYet, OfABatchKeepsNobodyFromTakingTheFunction)
{
	expect_taken_under([](const Attachment &attachment, void *at) {
		pcipeek_batch batch = vm::batch_of({static_cast<pcipeek_op *>(at), 1});
		return attachment.ioctl(PCIPEEK_IOC_BATCH, &batch);
	});
}

/* The fault of the buffer asks for the guard that the block itself has left by then. */
TEST(ABufferInTheDevicesOwnMapping, IsNoDeadlockAndEndsWithTheFunction)
{
	auto granted = std::make_unique<Granted>(edu);
	const Attachment attachment(edu, vm::all_rights | PCIPEEK_RIGHT_MMAP);
	void *at = ::mmap(nullptr, page, PROT_READ | PROT_WRITE, MAP_SHARED, attachment.fd(), 0);
	ASSERT_NE(MAP_FAILED, at);
	std::atomic<bool> over = false;
	std::atomic<unsigned> rounds = 0;
	int last = 0;
	std::thread copier([&] {
		/* from its identification to its liveness register */
		pcipeek_block block = vm::block_at(0, 0, 4, 1, static_cast<char *>(at) + 4);
		for (; !over; rounds++)
			last = attachment.block(block);
	});
	while (rounds < 100)
		std::this_thread::yield();
	const auto before = steady_clock::now();
	granted.reset();
	EXPECT_GT(at_most, steady_clock::now() - before);
	const unsigned seen = rounds;
	while (rounds < seen + 10)
		std::this_thread::yield();
	over = true;
	copier.join();
	EXPECT_TRUE(last == ENODEV || last == EFAULT) << last;
	::munmap(at, page);
}

/* What was checked is a copy: that the caller's own changes after it, changes nothing. */
TEST(AnOperationThatChangesUnderTheCheck, ReachesNoRegisterThatWasNotAllowed)
{
	const Granted granted(edu);
	const Attachment attachment(edu);
	std::vector<pcipeek_op> ops = vm::reads(64);
	const vm::Mark mark = vm::mark_trace();
	std::atomic<bool> over = false;
	std::thread flipper([&] {
		for (bool odd = false; !over; odd = !odd) {
			volatile pcipeek_op &op = ops[63];
			op.offset = odd ? 1 << 20 : 0;
			op.bar = odd ? 1 : 0;
		}
	});
	unsigned done = 0, refused = 0;
	for (unsigned i = 0; i < 100000 && (done == 0 || refused == 0 || i < 500); i++) {
		pcipeek_batch batch = vm::batch_of(ops);
		const int error = attachment.ioctl(PCIPEEK_IOC_BATCH, &batch);
		EXPECT_TRUE(error == 0 || error == ENXIO || error == ERANGE) << error;
		(error == 0 ? done : refused)++;
	}
	over = true;
	flipper.join();
	EXPECT_LT(0U, done);
	EXPECT_LT(0U, refused);
	EXPECT_THAT(vm::accesses_since(mark, edu), testing::SizeIs(done * ops.size()));
	EXPECT_THAT(vm::accesses_since(mark, edu), testing::Each("read bar0+0x00.l 0x010000ed"));
}

} // namespace
