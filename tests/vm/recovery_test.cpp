// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
//
// Errors of the bus (AER), made by the kernel's own aer_inject: the function is reset by
// the port above it, and the kernel waits for what each driver says to that.

#include <gtest/gtest.h>
#include <linux/pci_regs.h>
#include <poll.h>
#include <sys/mman.h>

#include <atomic>
#include <cerrno>
#include <chrono>
#include <cstdint>
#include <memory>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "attachment.hpp"
#include "bus_error.hpp"
#include "eventually.hpp"
#include "touch.hpp"

namespace {

using namespace std::chrono_literals;
using vm::Granted;
using vm::Attachment;

const std::string board = "0000:02:00.0";
/* The other function behind the port, which is reset with it. */
const std::string sibling = "0000:02:00.1";
/* the speed and the link, which come out of a reset as they went in */
constexpr std::uint64_t status = 8;

int inject(std::uint32_t uncorrectable)
{
	return vm::inject(board, uncorrectable);
}

class AnErrorOfTheBus : public testing::Test {
protected:
	static void SetUpTestSuite()
	{
		vm::load_aer_inject();
	}

	void SetUp() override
	{
		value_ = value();
	}

	std::uint64_t value() const
	{
		pcipeek_access access = vm::access_at(0, status, 4);
		EXPECT_EQ(0, attachment_.read(access));
		return access.value;
	}

	bool reaches_generation(std::uint64_t generation) const
	{
		return vm::eventually([&] { return attachment_.info().generation == generation; });
	}

	/* By poll(), within ten seconds. */
	bool tells_of_a_new_generation() const
	{
		pollfd poll{.fd = attachment_.fd(), .events = POLLPRI, .revents = 0};
		return ::poll(&poll, 1, 10000) == 1 && poll.revents == POLLPRI;
	}

	void lose_for_good()
	{
		EXPECT_EQ(0, inject(PCI_ERR_UNC_MALF_TLP));
		ASSERT_TRUE(vm::eventually([] {
			return !(vm::command_of(board) & PCI_COMMAND_MEMORY);
		})) << "there was no reset";
		/* the rest of what the kernel does to recover */
		std::this_thread::sleep_for(2s);
	}

	/* None without a driver: it would veto the recovery. */
	std::unique_ptr<Granted> other_ = std::make_unique<Granted>(sibling);
	Granted granted_{board};
	Attachment attachment_{board, vm::all_rights | PCIPEEK_RIGHT_MMAP};
	std::uint64_t value_ = 0;
};

TEST_F(AnErrorOfTheBus, ThatIsFatalIsAResetAndTheFunctionIsBackAfterIt)
{
	std::atomic<bool> over = false;
	std::atomic<unsigned> good = 0;
	std::set<int> errors;
	std::set<std::uint64_t> values;
	std::thread reader([&] {
		while (!over) {
			pcipeek_access access = vm::access_at(0, status, 4);
			const int error = attachment_.read(access);
			errors.insert(error);
			if (error == 0) {
				values.insert(access.value);
				good++;
			}
		}
	});
	while (good == 0)
		std::this_thread::yield();
	EXPECT_EQ(0, inject(PCI_ERR_UNC_MALF_TLP));
	EXPECT_TRUE(reaches_generation(2));
	over = true;
	reader.join();
	for (const int error : errors)
		EXPECT_TRUE(error == 0 || error == EAGAIN || error == EIO) << error;
	EXPECT_EQ(std::set<std::uint64_t>{value_}, values);
	EXPECT_EQ(value_, value());
	EXPECT_TRUE(attachment_.info().state & PCIPEEK_STATE_LIVE);
	EXPECT_FALSE(attachment_.info().state & PCIPEEK_STATE_BUS_MASTER);
	EXPECT_TRUE(vm::command_of(board) & PCI_COMMAND_INTX_DISABLE);
}

TEST_F(AnErrorOfTheBus, ThatIsFatalTakesMappingsAwayAndLetsThemComeBack)
{
	void *at = ::mmap(nullptr, 4096, PROT_READ, MAP_SHARED, attachment_.fd(), 0);
	ASSERT_NE(MAP_FAILED, at);
	const auto *registers = static_cast<const volatile std::uint32_t *>(at);
	EXPECT_EQ(value_, registers[status / 4]);
	EXPECT_EQ(0, inject(PCI_ERR_UNC_MALF_TLP));
	EXPECT_TRUE(reaches_generation(2));
	EXPECT_EQ(value_, registers[status / 4]);
	::munmap(at, 4096);
}

/*
 * Each reset uses up the state that pci_save_state() left in the kernel's record, and
 * the kernel itself saves none before it resets for an error.
 */
TEST_F(AnErrorOfTheBus, ThatIsFatalIsRecoveredFromAfterTwoOtherResets)
{
	const std::vector<std::uint8_t> bars = vm::config_of(board, PCI_BASE_ADDRESS_0, 24);
	for (int i = 0; i < 2; i++)
		ASSERT_EQ(0, vm::write_pci("devices/" + board + "/reset", "1"));
	ASSERT_EQ(3U, attachment_.info().generation);
	EXPECT_EQ(0, inject(PCI_ERR_UNC_MALF_TLP));
	EXPECT_TRUE(reaches_generation(4));
	EXPECT_EQ(bars, vm::config_of(board, PCI_BASE_ADDRESS_0, 24));
	EXPECT_EQ(value_, value());
	EXPECT_TRUE(vm::command_of(board) & PCI_COMMAND_INTX_DISABLE);
}

/*
 * Kernels from 6.18 on reset the bus after such an error, if any driver asks for it. So
 * nothing may be in use meanwhile.
 */
TEST_F(AnErrorOfTheBus, ThatIsNotFatalIsAPauseAndANewGeneration)
{
	vm::set_command(board, vm::command_of(board) | PCI_COMMAND_MASTER);
	EXPECT_EQ(0, inject(PCI_ERR_UNC_COMP_TIME));
	EXPECT_TRUE(tells_of_a_new_generation());
	EXPECT_EQ(2U, attachment_.info().generation);
	EXPECT_EQ(value_, value());
	EXPECT_TRUE(attachment_.info().state & PCIPEEK_STATE_LIVE);
	EXPECT_FALSE(attachment_.info().state & PCIPEEK_STATE_BUS_MASTER);
}

TEST_F(AnErrorOfTheBus, FatalOrNotLeavesBusMasteringOnIfThatWasAskedFor)
{
	const Attachment master(board, vm::all_rights, PCIPEEK_ATTACH_BUS_MASTER);
	EXPECT_EQ(0, inject(PCI_ERR_UNC_COMP_TIME));
	EXPECT_TRUE(reaches_generation(2));
	EXPECT_TRUE(attachment_.info().state & PCIPEEK_STATE_BUS_MASTER);
	EXPECT_EQ(0, inject(PCI_ERR_UNC_MALF_TLP));
	EXPECT_TRUE(reaches_generation(3));
	EXPECT_TRUE(attachment_.info().state & PCIPEEK_STATE_BUS_MASTER);
	EXPECT_TRUE(vm::command_of(board) & PCI_COMMAND_INTX_DISABLE);
}

/*
 * The kernel gives such a recovery up, and 6.1 tells no driver. Nothing happened to the
 * function, so it must not stay away.
 */
TEST_F(AnErrorOfTheBus, ThatIsNotFatalBesideAFunctionWithoutADriverIsAPauseThatEnds)
{
	void *at = ::mmap(nullptr, 4096, PROT_READ, MAP_SHARED, attachment_.fd(), 0);
	ASSERT_NE(MAP_FAILED, at);
	const auto *registers = static_cast<const volatile std::uint32_t *>(at);
	EXPECT_EQ(value_, registers[status / 4]);
	other_.reset();
	EXPECT_EQ(0, inject(PCI_ERR_UNC_COMP_TIME));
	pcipeek_access access = vm::access_at(0, status, 4);
	EXPECT_TRUE(vm::eventually([&] { return attachment_.read(access) == EAGAIN; }));
	EXPECT_TRUE(attachment_.info().state & PCIPEEK_STATE_RESET);
	EXPECT_EQ(EFAULT, vm::touch(registers + status / 4));
	EXPECT_TRUE(reaches_generation(2));
	EXPECT_EQ(value_, value());
	EXPECT_EQ(value_, registers[status / 4]);
	::munmap(at, 4096);
}

/*
 * The kernel tells nobody that it gave up: whoever tries again on EAGAIN would do so for
 * ever. What is found again is another device.
 */
TEST_F(AnErrorOfTheBus, ThatTheKernelCannotRecoverFromIsEIO)
{
	other_.reset();
	lose_for_good();
	pcipeek_access access = vm::access_at(0, status, 4);
	EXPECT_EQ(EIO, attachment_.read(access));
	EXPECT_EQ(EIO, attachment_.write(vm::access_at(0, status, 4, 0)));
	EXPECT_TRUE(attachment_.info().state & PCIPEEK_STATE_OFFLINE);
	/* The module has given up waiting, and it stays so. */
	EXPECT_TRUE(
		vm::eventually([&] { return !(attachment_.info().state & PCIPEEK_STATE_RESET); }));
	EXPECT_FALSE(attachment_.info().state & PCIPEEK_STATE_LIVE);
	EXPECT_TRUE(attachment_.info().state & PCIPEEK_STATE_OFFLINE);
	EXPECT_EQ(EIO, attachment_.read(access));
	for (const std::string &address : {board, sibling})
		EXPECT_EQ(0, vm::write_pci("devices/" + address + "/remove", "1"));
	EXPECT_EQ(ENODEV, attachment_.read(access));
	EXPECT_EQ(0, vm::write_pci("rescan", "1"));
	const Granted again(board);
	EXPECT_EQ(0, Attachment(board).read(access));
	EXPECT_EQ(value_, access.value);
}

} // namespace
