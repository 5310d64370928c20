// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "config_image.hpp"
#include "fake_sysfs.hpp"
#include "refusal.hpp"
#include "sysfs/rom_reading.hpp"

#include <pcipeek/pcipeek.hpp>

#include <gmock/gmock.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <filesystem>
#include <sys/file.h>
#include <sys/time.h>
#include <unistd.h>

namespace pcipeek {
namespace {

using test::FakeSysfs;
using test::refusal_of;
using testing::ElementsAre;
using testing::HasSubstr;

class ARom : public testing::Test {
protected:
	void SetUp() override
	{
		sysfs.add(test::memory_board());
		sysfs.write(path, std::string(9000, 'x'));
	}

	// Plays the kernel's switch.
	detail::SysfsWriter writer()
	{
		return [this](const std::string &file, std::string_view text) {
			EXPECT_EQ(file, "/sys/bus/pci/devices/0000:05:0d.0/rom");
			switched.emplace_back(text);
			return on_switch ? on_switch() : 0;
		};
	}

	std::vector<std::byte> read()
	{
		return detail::read_rom(address, writer(), reader());
	}

	// Plays the kernel's file; on_read may spoil what was read, or return an errno.
	detail::RomReader reader()
	{
		return [this](int fd, std::span<std::byte> piece, off_t offset) -> ssize_t {
			const ssize_t count = detail::read_rom_piece(fd, piece, offset);
			Read read{reads++, offset, piece, count};
			const int code = on_read ? on_read(read) : 0;
			if (code == 0)
				return read.count;
			errno = code;
			return -1;
		};
	}

	struct Read {
		int index; // from 0
		off_t offset;
		std::span<std::byte> piece;
		ssize_t count;
	};

	// A lock of its own, as another program has it. -1 if it is taken.
	int lock(int wait)
	{
		const int file = ::open(sysfs.real_path(path).c_str(), O_RDONLY | O_CLOEXEC);
		if (::flock(file, LOCK_EX | wait) == 0)
			return file;
		::close(file);
		return -1;
	}

	const Address address = test::memory_board().address;
	const std::string path = "/sys/devices/0000:05:0d.0/rom";
	FakeSysfs sysfs;
	std::vector<std::string> switched;
	std::function<int()> on_switch;
	std::function<int(Read &)> on_read;
	int reads = 0;
	const std::vector<std::byte> contents = std::vector(9000, std::byte{'x'});
};

TEST_F(ARom, IsSwitchedOnReadAsAWholeAndSwitchedOff)
{
	EXPECT_EQ(read(), std::vector(9000, std::byte{'x'}));
	EXPECT_THAT(switched, ElementsAre("1\n", "0\n"));
}

TEST_F(ARom, IsSwitchedOffWhenReadingFails)
{
	std::filesystem::remove(sysfs.real_path(path));
	std::filesystem::create_directory(sysfs.real_path(path));

	EXPECT_EQ(refusal_of([&] { read(); }).code().value(), EISDIR);
	EXPECT_THAT(switched, ElementsAre("1\n", "0\n"));
}

TEST_F(ARom, ThatCannotBeSwitchedOnIsNotRead)
{
	on_switch = [] {
		return EACCES;
	};

	const Error error = refusal_of([&] { read(); });
	EXPECT_EQ(error.cause(), Cause::needs_root);
	EXPECT_STREQ(error.what(), "cannot read the expansion ROM of 0000:05:0d.0: only root may "
				   "read an expansion ROM; try it with sudo");
	EXPECT_THAT(switched, ElementsAre("1\n"));
}

volatile std::sig_atomic_t switches_before_signal = -1;
std::size_t switches = 0;

TEST_F(ARom, IsSwitchedOffBeforeASignalEndsTheProgram)
{
	std::signal(SIGINT, [](int) { switches_before_signal = static_cast<int>(switches); });
	on_switch = [] {
		if (switches++ == 0)
			std::raise(SIGINT);
		return 0;
	};

	read();

	EXPECT_EQ(switches_before_signal, 2);
	std::signal(SIGINT, SIG_DFL);
}

TEST_F(ARom, HoldsBackTheSignalsByWhichPeopleEndProgramsAndNoOthers)
{
	on_switch = [] {
		sigset_t held;
		::pthread_sigmask(SIG_BLOCK, nullptr, &held);
		for (const int signal : {SIGHUP, SIGINT, SIGQUIT, SIGTERM})
			EXPECT_EQ(sigismember(&held, signal), 1) << signal;
		for (const int signal : {SIGALRM, SIGUSR1, SIGPIPE, SIGCHLD})
			EXPECT_EQ(sigismember(&held, signal), 0) << signal;
		return 0;
	};

	read();
}

TEST_F(ARom, ThatVanishesBeforeItIsReadGivesTheErrnoAndIsNotSwitchedOn)
{
	std::filesystem::remove(sysfs.real_path(path));

	EXPECT_EQ(refusal_of([&] { read(); }).code().value(), ENOENT);
	EXPECT_THAT(switched, ElementsAre());
}

TEST_F(ARom, IsLockedAgainstOtherReadersAsLongAsItIsOn)
{
	on_switch = [this] {
		EXPECT_EQ(lock(LOCK_NB), -1) << "while " << switched.back();
		return 0;
	};

	read();

	const int free = lock(LOCK_NB);
	EXPECT_GE(free, 0);
	::close(free);
}

TEST_F(ARom, IsWaitedForUntilASignalComes)
{
	const int other = lock(0);
	struct sigaction action {};
	action.sa_handler = [](int) {
	};
	::sigaction(SIGALRM, &action, nullptr);
	const itimerval often{{0, 1000}, {0, 1000}};
	::setitimer(ITIMER_REAL, &often, nullptr);

	EXPECT_EQ(refusal_of([&] { read(); }).cause(), Cause::interrupted);
	EXPECT_THAT(switched, ElementsAre());

	const itimerval never{};
	::setitimer(ITIMER_REAL, &never, nullptr);
	std::signal(SIGALRM, SIG_DFL);
	::close(other);
}

TEST_F(ARom, IsReadRightAlthoughAnotherProgramTurnsItsDecoderOff)
{
	on_read = [](Read &read) {
		if (read.index == 1 || read.index == 4)
			std::ranges::fill(read.piece.subspan(100), std::byte{0});
		return 0;
	};

	EXPECT_EQ(read(), contents);
}

TEST_F(ARom, IsReadRightAlthoughTwoReadsInARowAreWrongInTheSameWay)
{
	on_read = [](Read &read) {
		if (read.index == 4 || read.index == 5)
			std::ranges::fill(read.piece, std::byte{0xff});
		return 0;
	};

	EXPECT_EQ(read(), contents);
}

TEST_F(ARom, DoesNotEndWhereAnotherProgramHidTheNextImage)
{
	on_read = [](Read &read) {
		if (read.offset == 4096 && read.index < 5)
			read.count = 0;
		return 0;
	};

	EXPECT_EQ(read(), contents);
}

TEST_F(ARom, IsSwitchedOnAgainAfterAnotherProgramSwitchedItOff)
{
	on_read = [](Read &read) {
		return read.index == 2 ? EINVAL : 0;
	};

	EXPECT_EQ(read(), contents);
	EXPECT_THAT(switched, ElementsAre("1\n", "1\n", "0\n"));
}

TEST_F(ARom, IsReadRightAlthoughTheKernelRefusesNowAndThen)
{
	on_read = [](Read &read) {
		return read.index % 5 == 1 ? EIO : 0;
	};

	EXPECT_EQ(read(), contents);
}

TEST_F(ARom, DoesNotEndWhereTheKernelRefusesFourTimesInARow)
{
	on_read = [](Read &read) {
		return read.index >= 3 && read.index < 7 ? EIO : 0;
	};

	EXPECT_EQ(read(), contents);
}

TEST_F(ARom, DoesNotEndWhereARefusalStandsForAnEmptyRead)
{
	on_read = [](Read &read) {
		if (read.index == 4 || read.index == 5)
			read.count = 0;
		return read.index == 3 ? EIO : 0;
	};

	EXPECT_EQ(read(), contents);
}

TEST_F(ARom, IsTriedTwentyFourTimesAndIfItIsRefusedFive)
{
	on_read = [](Read &read) {
		read.piece[7] = static_cast<std::byte>(read.index);
		return 0;
	};
	refusal_of([&] { read(); });
	EXPECT_EQ(reads, 24);

	reads = 0;
	on_read = [](Read &) {
		return EIO;
	};
	refusal_of([&] { read(); });
	EXPECT_EQ(reads, 5);
}

TEST_F(ARom, ThatDoesNotComeToRestIsAnErrorAboutTheDisturbance)
{
	on_read = [](Read &read) {
		read.piece[7] = static_cast<std::byte>(read.index);
		return 0;
	};
	EXPECT_STREQ(refusal_of([&] { read(); }).what(),
		     "cannot read the expansion ROM of 0000:05:0d.0: another program or a "
		     "driver is reading it or switching it off; try again when that has ended");

	on_read = [](Read &) {
		return EINVAL;
	};
	EXPECT_THAT(refusal_of([&] { read(); }).what(), HasSubstr("another program"));

	on_read = [](Read &read) {
		return read.offset > 0 ? EIO : 0;
	};
	EXPECT_THAT(refusal_of([&] { read(); }).what(), HasSubstr("another program"));
	EXPECT_EQ(switched.back(), "0\n");
}

// The kernel refuses it always.
class ARefusedRom : public ARom {
protected:
	void SetUp() override
	{
		ARom::SetUp();
		on_read = [](Read &) {
			return EIO;
		};
		set_resource("0x00000000fea00000 0x00000000fea0ffff 0x000000000004e200");
		set_command(0x0002);
	}

	void set_resource(const std::string &rom)
	{
		std::string text;
		for (int i = 0; i < 6; ++i)
			text += "0x0000000090502000 0x000000009050203f 0x0000000000040200\n";
		sysfs.write("/sys/devices/0000:05:0d.0/resource", text + rom + '\n');
	}

	void set_command(std::uint16_t command)
	{
		sysfs.write("/sys/devices/0000:05:0d.0/config",
			    test::ConfigImage{}.put(0x04, Width::w16, command).text());
	}

	Error refusal()
	{
		return refusal_of([&] { read(); });
	}
};

TEST_F(ARefusedRom, WithAnAddressHasNoValidImage)
{
	EXPECT_STREQ(refusal().what(),
		     "cannot read the expansion ROM of 0000:05:0d.0: the kernel finds no valid "
		     "image in it: one begins with 55 aa and leads to PCIR (PCI Local Bus "
		     "Specification 3.0, section 6.3.1); see dmesg");
	EXPECT_EQ(refusal().code().value(), EIO);
}

TEST_F(ARefusedRom, WithoutAnAddressSaysSo)
{
	set_resource("0x0000000000000000 0x000000000000ffff 0x000000000004e200");
	EXPECT_THAT(refusal().what(), HasSubstr("the kernel gave it no address"));
	set_resource("0x00000000fea00000 0x00000000fea0ffff 0x000000002004e200");
	EXPECT_THAT(refusal().what(), HasSubstr("the kernel gave it no address"));
}

TEST_F(ARefusedRom, OfADeviceThatDoesNotDecodeSaysSo)
{
	set_command(0x0001);
	EXPECT_EQ(refusal().cause(), Cause::decode_off);
	EXPECT_THAT(refusal().what(), HasSubstr("pcipeek config 0000:05:0d.0 COMMAND=0x2:0x2"));
}

TEST_F(ARefusedRom, OfADeviceThatDoesNotAnswerSaysSo)
{
	sysfs.write("/sys/devices/0000:05:0d.0/config", std::string(256, '\xff'));
	EXPECT_EQ(refusal().cause(), Cause::offline);
}

TEST_F(ARefusedRom, OfADeviceThatSleepsSaysSo)
{
	sysfs.write("/sys/devices/0000:05:0d.0/power_state", "D3hot\n");
	EXPECT_EQ(refusal().cause(), Cause::asleep);
}

TEST_F(ARom, TellsItsSizeWithoutARight)
{
	EXPECT_EQ(Rom{lspci({.device = 0x0c8e}).at(0)}.size(), 9000u);
}

TEST_F(ARom, OfADeviceWithoutOneIsAbsent)
{
	std::filesystem::remove(sysfs.real_path(path));

	const Error error = refusal_of([&] { const Rom rom{lspci({.device = 0x0c8e}).at(0)}; });
	EXPECT_EQ(error.code().value(), ENOENT);
	EXPECT_EQ(error.cause(), Cause::absent);
}

TEST_F(ARom, OfADeviceThatVanishedIsGone)
{
	const Device device = lspci({.device = 0x0c8e}).at(0);
	sysfs.remove(address);

	EXPECT_EQ(refusal_of([&] { const Rom rom{device}; }).cause(), Cause::gone);
}

} // namespace
} // namespace pcipeek
