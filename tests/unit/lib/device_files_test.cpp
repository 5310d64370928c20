// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "fake_sysfs.hpp"

#include <pcipeek/pcipeek.hpp>

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

namespace pcipeek {
namespace {

class DeviceFiles : public testing::Test {
protected:
	DeviceFiles()
	{
		sysfs.add(test::memory_board());
	}

	Device with(const std::string &file, const std::string &text)
	{
		sysfs.write("/sys/devices/0000:05:0d.0/" + file, text);
		return lspci().at(0);
	}

	test::FakeSysfs sysfs;
};

TEST_F(DeviceFiles, TellTheInterrupt)
{
	EXPECT_EQ(with("irq", "16\n").irq(), 16u);
}

TEST_F(DeviceFiles, TellOfNoInterrupt)
{
	EXPECT_EQ(with("irq", "0\n").irq(), std::nullopt);
}

TEST_F(DeviceFiles, TellTheNumaNode)
{
	EXPECT_EQ(with("numa_node", "0\n").numa_node(), 0);
	EXPECT_EQ(with("numa_node", "3\n").numa_node(), 3);
}

TEST_F(DeviceFiles, TellOfNoNodeInAMachineWithoutThem)
{
	EXPECT_EQ(with("numa_node", "-1\n").numa_node(), std::nullopt);
}

TEST_F(DeviceFiles, TellTheCpusNextToIt)
{
	EXPECT_EQ(with("local_cpulist", "0-3,8\n").local_cpus(), "0-3,8");
}

TEST_F(DeviceFiles, ThatAreMissingTellNothing)
{
	const Device device = lspci().at(0);

	EXPECT_EQ(device.irq(), std::nullopt);
	EXPECT_EQ(device.numa_node(), std::nullopt);
	EXPECT_EQ(device.local_cpus(), "");
}

// Its BAR 3, of 64 bits, is in no line of "resource" and in the header.
class ADeviceWithAForgottenBar : public DeviceFiles {
protected:
	ADeviceWithAForgottenBar()
	{
		std::string header(64, '\0');
		header[0x10 + 4 * 3] = '\x0c';
		sysfs.write("/sys/devices/0000:05:0d.0/config", header);
	}
};

TEST_F(ADeviceWithAForgottenBar, HasItWithoutAnAddress)
{
	const Device device = lspci().at(0);

	const UnassignedBar bar{.index = 3, .prefetchable = true, .bits = 64};
	EXPECT_EQ(device.unassigned_bars(), std::vector{bar});
	EXPECT_EQ(device.bars().size(), 3U);
}

TEST_F(ADeviceWithAForgottenBar, SaysOfItThatItHasNoAddress)
{
	const Device device = lspci().at(0);

	for (const auto &[index, why] :
	     std::map<unsigned, std::string>{{3, "the kernel gave it no address"},
					     {4, "the upper half"},
					     {5, "does not have it"}})
		try {
			device.bar(index);
			FAIL() << index;
		} catch (const Error &error) {
			EXPECT_NE(std::string{error.what()}.find(why), std::string::npos)
				<< error.what();
		}
}

TEST_F(ADeviceWithAForgottenBar, IsNotWokenToBeAskedForIt)
{
	EXPECT_EQ(with("power/runtime_status", "suspended\n").unassigned_bars().size(), 0U);
	EXPECT_EQ(with("power/runtime_status", "active\n").unassigned_bars().size(), 1U);
}

TEST_F(DeviceFiles, TellTheSizeOfABarWithoutAnAddress)
{
	const auto bars =
		with("resource", "0x0000000000000000 0x0000000000000fff 0x0000000020040200\n")
			.unassigned_bars();
	EXPECT_EQ(bars, std::vector{(UnassignedBar{.index = 0, .size = 4096})});
}

} // namespace
} // namespace pcipeek
