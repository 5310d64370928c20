// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
//
// An attachment beside a driver: one that leaves the function unannounced, and one that mapped
// its BAR in two memory types. Both drivers are modules of tests/vm/mover.

#include <gtest/gtest.h>
#include <poll.h>

#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <string>
#include <thread>
#include <vector>

#include "attachment.hpp"
#include "machine.hpp"

namespace {

using namespace std::chrono_literals;
using vm::edu;
using vm::ivshmem;
using vm::Attachment;

class TestModule {
public:
	explicit TestModule(std::string name) : name_(std::move(name))
	{
		EXPECT_EQ(0, std::system(("modprobe " + name_).c_str()));
	}
	~TestModule()
	{
		EXPECT_EQ(0, std::system(("modprobe -r " + name_).c_str()));
	}
	TestModule(const TestModule &) = delete;
	TestModule &operator=(const TestModule &) = delete;

private:
	std::string name_;
};

/* Binds edu to slow_leaver, whose probe fails and who then takes a second to leave. */
class AFailingProbe {
public:
	AFailingProbe()
	{
		EXPECT_EQ(0, vm::write_pci("devices/" + edu + "/driver_override", "slow_leaver"));
		thread_ = std::thread(
			[] { EXPECT_EQ(ENODEV, vm::write_pci("drivers/slow_leaver/bind", edu)); });
		std::this_thread::sleep_for(300ms);
	}
	~AFailingProbe()
	{
		if (thread_.joinable())
			end();
		EXPECT_EQ(0, vm::write_pci("devices/" + edu + "/driver_override", "\n"));
	}
	AFailingProbe(const AFailingProbe &) = delete;
	AFailingProbe &operator=(const AFailingProbe &) = delete;

	void end()
	{
		thread_.join();
	}

private:
	const TestModule module_{"slow_leaver"};
	std::thread thread_;
};

short events_of(const Attachment &attachment, int timeout_ms)
{
	pollfd waiting{attachment.fd(), POLLPRI, 0};
	EXPECT_LE(0, ::poll(&waiting, 1, timeout_ms));
	return waiting.revents;
}

void expect_end(const Attachment &attachment)
{
	const pcipeek_device_info info = attachment.info();
	EXPECT_TRUE(info.state & PCIPEEK_STATE_ENDED);
	EXPECT_EQ(static_cast<unsigned>(PCIPEEK_END_UNBOUND), info.end_reason);
}

TEST(ADriverThatLeavesUnannounced, EndsTheAttachmentForDeviceInfo)
{
	AFailingProbe probe;
	const Attachment attachment(edu, vm::all_rights, PCIPEEK_ATTACH_FOREIGN);
	EXPECT_TRUE(attachment.info().state & PCIPEEK_STATE_DRIVER);
	EXPECT_TRUE(attachment.info().state & PCIPEEK_STATE_LIVE);
	probe.end();
	expect_end(attachment);
}

TEST(ADriverThatLeavesUnannounced, WakesWhoWaitsInPoll)
{
	AFailingProbe probe;
	const Attachment attachment(edu, vm::all_rights, PCIPEEK_ATTACH_FOREIGN);
	EXPECT_EQ(0, events_of(attachment, 0));
	EXPECT_EQ(POLLHUP, events_of(attachment, 20000));
	expect_end(attachment);
}

TEST(ADriverThatLeavesUnannounced, IsENODEVForAnAccess)
{
	AFailingProbe probe;
	const Attachment attachment(edu, vm::all_rights, PCIPEEK_ATTACH_FOREIGN);
	pcipeek_access access = vm::access_at(0, 0, 4);
	EXPECT_EQ(0, attachment.read(access));
	probe.end();
	EXPECT_EQ(ENODEV, attachment.read(access));
}

bool has_memory_types()
{
	return !vm::text_of("/sys/kernel/debug/x86/pat_memtype_list").empty();
}

/* On x86 no mapping of the whole is possible then; it is not memory that lacks. */
TEST(ABarOfTwoMemoryTypes, IsEBUSYUntilItsDriverUnmapsIt)
{
	if (!has_memory_types())
		GTEST_SKIP() << "this kernel does not keep lists of memory types";
	const Attachment attachment(ivshmem, vm::all_rights, PCIPEEK_ATTACH_FOREIGN);
	pcipeek_access access = vm::access_at(2, 0x2000, 4);
	{
		const TestModule mixer("bar_mixer");
		ASSERT_EQ(0,
			  vm::write_file("/sys/module/bar_mixer/parameters/mix", ivshmem + " 2"));
		EXPECT_EQ(EBUSY, attachment.read(access));
		EXPECT_EQ(EBUSY, attachment.write(vm::access_at(2, 0x2000, 4, 1)));
		std::uint32_t word = 0;
		pcipeek_block block = vm::block_at(2, 0x2000, 4, 1, &word);
		EXPECT_EQ(EBUSY, attachment.block(block));
		std::vector<pcipeek_op> ops = vm::reads(2);
		ops[0].bar = 2;
		ops[1].bar = 2;
		pcipeek_batch batch = vm::batch_of(ops);
		EXPECT_EQ(EBUSY, attachment.ioctl(PCIPEEK_IOC_BATCH, &batch));
		EXPECT_EQ(-EBUSY, ops[0].error);
	}
	EXPECT_EQ(0, attachment.read(access));
}

} // namespace
