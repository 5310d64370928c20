// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "fake_sysfs.hpp"
#include "refusal.hpp"
#include "rom_reading.hpp"

#include <pcipeek/pcipeek.hpp>

#include <gmock/gmock.h>

#include <csignal>
#include <filesystem>

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
		return detail::read_rom(address, writer());
	}

	const Address address = test::memory_board().address;
	const std::string path = "/sys/devices/0000:05:0d.0/rom";
	FakeSysfs sysfs;
	std::vector<std::string> switched;
	std::function<int()> on_switch;
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
