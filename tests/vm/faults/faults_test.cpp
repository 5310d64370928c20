// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
//
// Each allocation of each path fails once. What fails is ENOMEM, and leaves nothing
// behind: no claim, nothing enabled, no reference, and the next try succeeds. What is
// allocated for ever is for kmemleak to find, at the end of the run.

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <functional>
#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include "attachment.hpp"
#include "injection.hpp"
#include "machine.hpp"

namespace {

using faults::fail_each_allocation;
using vm::Granted;
using vm::Attachment;

using vm::edu;
using vm::ivshmem;
constexpr std::uint64_t map_rights = vm::all_rights | PCIPEEK_RIGHT_MMAP;
constexpr std::size_t page = 4096;

bool is_claimed()
{
	return vm::text_of("/proc/iomem").find("pcipeek") != std::string::npos;
}

void expect_enomem(int error)
{
	EXPECT_TRUE(error == 0 || error == ENOMEM) << error;
}

void report(const std::string &what, unsigned failures)
{
	std::cout << what << ": " << failures << " allocations failed, one at a time\n";
	EXPECT_LT(0U, failures) << what << ": nothing was proved";
}

class Faults : public testing::Test {
protected:
	void SetUp() override
	{
		faults::prepare();
	}

	void TearDown() override
	{
		EXPECT_EQ("0\n", vm::text_of("/sys/module/pcipeek/refcnt"));
		EXPECT_FALSE(is_claimed());
		EXPECT_EQ(enabled_, vm::text_of(enable_file_));
		EXPECT_EQ(command_, vm::command_of(edu) & ~4);
		const Granted granted(edu);
		const Attachment attachment(edu);
		pcipeek_access access = vm::access_at(0, 0, 4);
		EXPECT_EQ(0, attachment.read(access));
		EXPECT_EQ(0x010000edU, access.value);
	}

	const std::string enable_file_ = "/sys/bus/pci/devices/" + edu + "/enable";
	std::string enabled_ = vm::text_of(enable_file_);
	int command_ = vm::command_of(edu) & ~4;
};

TEST_F(Faults, OfOpen)
{
	int fd = -1;
	report("open", fail_each_allocation(
			       [&fd] {
				       fd = ::open("/dev/pcipeek", O_RDWR | O_CLOEXEC);
				       return fd < 0 ? errno : 0;
			       },
			       [&fd](int error) {
				       expect_enomem(error);
				       ::close(fd);
			       }));
}

TEST_F(Faults, OfGranting)
{
	ASSERT_EQ(0, vm::write_pci("devices/" + edu + "/driver_override", "pcipeek"));
	const auto bind = [] {
		return vm::write_pci("drivers/pcipeek/bind", edu);
	};
	report("bind", fail_each_allocation(bind, [this](int error) {
		       if (error == 0) {
			       EXPECT_EQ(0, vm::write_pci("drivers/pcipeek/unbind", edu));
		       }
		       EXPECT_EQ("", vm::link_name("devices/" + edu + "/driver"));
		       EXPECT_FALSE(is_claimed());
		       EXPECT_EQ(enabled_, vm::text_of(enable_file_));
		       EXPECT_EQ(command_, vm::command_of(edu) & ~4);
	       }));
	ASSERT_EQ(0, vm::write_pci("devices/" + edu + "/driver_override", "\n"));
}

/* Granted: nothing is allocated for it. Foreign: the record. */
TEST_F(Faults, OfAForeignAttachment)
{
	auto attachment = std::make_unique<Attachment>(O_RDWR);
	report("attach foreign",
	       fail_each_allocation(
		       [&attachment] {
			       return attachment->attach(edu, vm::all_rights,
							 PCIPEEK_ATTACH_FOREIGN);
		       },
		       [&attachment](int error) {
			       expect_enomem(error);
			       if (error == 0)
				       attachment = std::make_unique<Attachment>(O_RDWR);
			       EXPECT_EQ(ENOTCONN, attachment->ioctl(PCIPEEK_IOC_READ, nullptr));
		       }));
}

/* The first access maps the BAR; each run has a new record. */
void fail_first_access(const std::string &what,
		       const std::function<int(const Attachment &)> &access)
{
	auto granted = std::make_unique<Granted>(edu);
	auto attachment = std::make_unique<Attachment>(edu);
	report(what, fail_each_allocation([&attachment, &access] { return access(*attachment); },
					  [&](int error) {
						  expect_enomem(error);
						  EXPECT_EQ(0, access(*attachment))
							  << "the next try";
						  attachment.reset();
						  granted.reset();
						  granted = std::make_unique<Granted>(edu);
						  attachment = std::make_unique<Attachment>(edu);
					  }));
}

TEST_F(Faults, OfTheFirstRead)
{
	fail_first_access("read", [](const Attachment &attachment) {
		pcipeek_access access = vm::access_at(0, 0, 4);
		return attachment.read(access);
	});
}

TEST_F(Faults, OfTheFirstWrite)
{
	fail_first_access("write", [](const Attachment &attachment) {
		return attachment.write(vm::access_at(0, 4, 4, 1));
	});
}

TEST_F(Faults, OfTheFirstBlock)
{
	fail_first_access("block", [](const Attachment &attachment) {
		std::array<std::uint32_t, 2> words{};
		pcipeek_block block = vm::block_at(0, 0, 4, words.size(), words.data());
		return attachment.block(block);
	});
}

int run(const Attachment &attachment, std::vector<pcipeek_op> &ops)
{
	pcipeek_batch batch = vm::batch_of(ops);
	return attachment.ioctl(PCIPEEK_IOC_BATCH, &batch);
}

TEST_F(Faults, OfTheFirstBatch)
{
	fail_first_access("batch", [](const Attachment &attachment) {
		std::vector<pcipeek_op> ops = vm::reads(2);
		return run(attachment, ops);
	});
}

TEST_F(Faults, OfTheLargestBatch)
{
	std::vector<pcipeek_op> ops = vm::reads(PCIPEEK_BATCH_MAX_OPS);
	fail_first_access("batch of 1024",
			  [&ops](const Attachment &attachment) { return run(attachment, ops); });
}

int set_mode(const Attachment &attachment, std::uint8_t mode)
{
	pcipeek_bar_mode argument{};
	argument.size = sizeof(argument);
	argument.bar = 2;
	argument.mode = mode;
	return attachment.ioctl(PCIPEEK_IOC_BAR_MODE, &argument);
}

/* A BAR whose mapping could not be made is as it was: uncached, and can be read. */
TEST_F(Faults, OfWriteCombining)
{
	const Granted granted(ivshmem);
	const Attachment attachment(ivshmem, map_rights, PCIPEEK_ATTACH_EXCLUSIVE);
	report("bar mode",
	       fail_each_allocation(
		       [&attachment] { return set_mode(attachment, PCIPEEK_BAR_MODE_WC); },
		       [&attachment](int error) {
			       expect_enomem(error);
			       if (error == 0)
				       set_mode(attachment, PCIPEEK_BAR_MODE_UNCACHED);
			       pcipeek_access access = vm::access_at(2, 0, 4);
			       EXPECT_EQ(0, attachment.read(access));
		       }));
}

TEST_F(Faults, OfMmap)
{
	const Granted granted(edu);
	const Attachment attachment(edu, map_rights);
	void *at = nullptr;
	report("mmap", fail_each_allocation(
			       [&] {
				       at = ::mmap(nullptr, page, PROT_READ | PROT_WRITE,
						   MAP_SHARED, attachment.fd(), 0);
				       return at == MAP_FAILED ? errno : 0;
			       },
			       [&at](int error) {
				       expect_enomem(error);
				       if (error == 0)
					       ::munmap(at, page);
			       }));
	/* no mapping is counted any more */
	pcipeek_restrict rights{};
	rights.size = sizeof(rights);
	rights.rights = map_rights;
	EXPECT_EQ(0, attachment.ioctl(PCIPEEK_IOC_RESTRICT, &rights));
}

int load_module(int fd, const char *parameters)
{
	return static_cast<int>(::syscall(SYS_finit_module, fd, parameters, 0)) < 0 ? errno : 0;
}

void unload_module()
{
	EXPECT_EQ(0, ::syscall(SYS_delete_module, "pcipeek", O_NONBLOCK)) << errno;
}

/*
 * What the loader allocates before it calls the module is spared: when that of the
 * tracepoints fails, Linux 6.1 warns (event_define_fields()). The loader sets parameters
 * after the tracepoints, and refuses a string of more than 1024 characters.
 */
unsigned allocations_before_parameters(int fd)
{
	const std::string too_long = "ids=" + std::string(1025, '0');
	return faults::allocations_of(
		[&] { EXPECT_EQ(ENOSPC, load_module(fd, too_long.c_str())); });
}

/* With an id, so that it also grants edu. */
TEST_F(Faults, OfLoadingTheModule)
{
	utsname name{};
	ASSERT_EQ(0, ::uname(&name));
	const std::string file =
		std::string("/lib/modules/") + name.release + "/updates/pcipeek.ko";
	const int fd = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
	ASSERT_LE(0, fd) << file;
	unload_module();
	const unsigned spared = allocations_before_parameters(fd);
	report("load",
	       fail_each_allocation([fd] { return load_module(fd, "ids=1234:11e8"); },
				    [](int error) {
					    if (error == 0)
						    unload_module();
					    EXPECT_NE(0, ::access("/dev/pcipeek", F_OK));
					    EXPECT_NE(0, ::access("/sys/module/pcipeek", F_OK));
					    EXPECT_FALSE(is_claimed());
				    },
				    spared));
	EXPECT_EQ(0, load_module(fd, ""));
	::close(fd);
}

} // namespace
