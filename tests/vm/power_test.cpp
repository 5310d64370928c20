// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
//
// Functions asleep in D3hot, and the kernel's account of who keeps them awake.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <linux/pci_regs.h>

#include <cerrno>
#include <chrono>
#include <fstream>
#include <string>
#include <thread>
#include <vector>

#include "attachment.hpp"
#include "eventually.hpp"
#include "machine.hpp"
#include "trace.hpp"

namespace {

using namespace std::chrono_literals;
using vm::access_at;
using vm::Granted;
using vm::Attachment;

using vm::nvme;
using vm::nobody_there;
constexpr std::uint64_t version_register = 8;
constexpr std::uint64_t version = 0x00010400;

std::string text_of(const std::string &file)
{
	std::ifstream in("/sys/bus/pci/devices/" + nvme + "/" + file);
	EXPECT_TRUE(in) << file;
	std::string word;
	in >> word;
	return word;
}

/* Whether the kernel may put it to sleep while nobody needs it. */
class Drowsy {
public:
	Drowsy()
	{
		EXPECT_EQ(0, vm::write_pci(control_, "auto"));
	}
	~Drowsy()
	{
		EXPECT_EQ(0, vm::write_pci(control_, "on"));
	}

private:
	const std::string control_ = "devices/" + nvme + "/power/control";
};

bool falls_asleep()
{
	return vm::eventually([] { return text_of("power/runtime_status") == "suspended"; });
}

unsigned power_state()
{
	const std::uint8_t control = vm::power_capability_of(nvme) + PCI_PM_CTRL;
	return vm::config_of(nvme, control, 1)[0] & PCI_PM_CTRL_STATE_MASK;
}

void set_power_state(std::uint8_t state)
{
	vm::set_config(nvme, vm::power_capability_of(nvme) + PCI_PM_CTRL, {state, 0});
}

void expect_version(const Attachment &attachment)
{
	pcipeek_access access = access_at(0, version_register, 4);
	EXPECT_EQ(0, attachment.read(access));
	EXPECT_EQ(version, access.value);
}

TEST(Granting, WakesAFunctionInD3hotSoThatItsFirstReadIsData)
{
	set_power_state(PCIPEEK_POWER_D3HOT);
	ASSERT_EQ(static_cast<unsigned>(PCIPEEK_POWER_D3HOT), power_state());
	const Granted granted(nvme);
	EXPECT_EQ(static_cast<unsigned>(PCIPEEK_POWER_D0), power_state());
	expect_version(Attachment(nvme));
}

TEST(Granting, KeepsAFunctionAwakeThatTheKernelWouldPutToSleep)
{
	const Drowsy drowsy;
	ASSERT_TRUE(falls_asleep());
	{
		const Granted granted(nvme);
		EXPECT_EQ("active", text_of("power/runtime_status"));
		std::this_thread::sleep_for(300ms);
		EXPECT_EQ("active", text_of("power/runtime_status"));
		expect_version(Attachment(nvme));
	}
	EXPECT_TRUE(falls_asleep()) << "somebody still keeps it awake";
}

TEST(AForeignFunctionInD3hot, IsAnErrorAndStaysAsleep)
{
	set_power_state(PCIPEEK_POWER_D3HOT);
	const Attachment attachment(nvme, vm::all_rights, PCIPEEK_ATTACH_FOREIGN);
	const vm::Mark mark = vm::mark_trace();
	pcipeek_access access = access_at(0, version_register, 4);
	EXPECT_EQ(EIO, attachment.read(access));
	EXPECT_EQ(EIO, attachment.write(access_at(0, 0x24, 4, 0)));
	std::uint32_t word = 0;
	pcipeek_block block = vm::block_at(0, version_register, 4, 1, &word);
	EXPECT_EQ(EIO, attachment.block(block));
	EXPECT_THAT(vm::accesses_since(mark, nvme), testing::IsEmpty());
	EXPECT_EQ(PCIPEEK_POWER_D3HOT, attachment.info().power_state);
	EXPECT_EQ(static_cast<unsigned>(PCIPEEK_POWER_D3HOT), power_state());
	set_power_state(PCIPEEK_POWER_D0);
	expect_version(attachment);
}

/* The kernel leaves what has no driver in D0, and so there is data to be had. */
TEST(AForeignFunctionThatTheKernelPutToSleep, IsNotWoken)
{
	const Drowsy drowsy;
	ASSERT_TRUE(falls_asleep());
	const Attachment attachment(nvme, vm::all_rights, PCIPEEK_ATTACH_FOREIGN);
	expect_version(attachment);
	EXPECT_EQ("suspended", text_of("power/runtime_status"));
}

/* What the kernel counts of a function, and who holds the module. */
std::vector<std::string> accounts()
{
	std::string references;
	std::ifstream("/sys/module/pcipeek/refcnt") >> references;
	return {text_of("power/runtime_usage"), text_of("power/runtime_status"), text_of("enable"),
		references};
}

/* A file that fails at something, and attaches or does not. */
void use_badly(const Attachment &attachment, unsigned turn)
{
	pcipeek_access access = access_at(0, 1ULL << 40, 4);
	EXPECT_EQ(ENOTCONN, attachment.read(access));
	EXPECT_EQ(ENODEV, attachment.attach(nobody_there));
	EXPECT_EQ(EINVAL, attachment.attach(nvme, vm::all_rights, PCIPEEK_ATTACH_FOREIGN));
	EXPECT_EQ(EINVAL, attachment.attach(nvme, 0, PCIPEEK_ATTACH_EXCLUSIVE));
	if (turn % 3 == 0)
		return;
	EXPECT_EQ(0,
		  attachment.attach(nvme, vm::all_rights, turn % 2 ? PCIPEEK_ATTACH_EXCLUSIVE : 0));
	EXPECT_EQ(EISCONN, attachment.attach(nvme));
	EXPECT_EQ(ERANGE, attachment.read(access));
	if (turn % 10 == 1)
		set_power_state(PCIPEEK_POWER_D3HOT);
	access.offset = version_register;
	attachment.read(access);
	set_power_state(PCIPEEK_POWER_D0);
}

TEST(AttachingAThousandTimes, ChangesNoCountOfAGrantedFunction)
{
	const Granted granted(nvme);
	const std::vector<std::string> before = accounts();
	for (unsigned i = 0; i < 1000; i++)
		use_badly(Attachment(O_RDWR), i);
	EXPECT_EQ(before, accounts());
	expect_version(Attachment(nvme));
}

/* Fewer: the end of its record takes a grace period of RCU. */
TEST(AttachingAHundredTimes, ChangesNoCountOfAForeignFunction)
{
	const std::vector<std::string> before = accounts();
	for (unsigned i = 0; i < 100; i++) {
		const Attachment attachment(O_RDWR);
		EXPECT_EQ(EPERM, attachment.attach(nvme));
		EXPECT_EQ(0, attachment.attach(nvme, vm::all_rights, PCIPEEK_ATTACH_FOREIGN));
		expect_version(attachment);
	}
	EXPECT_EQ(before, accounts());
}

} // namespace
