// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "fake_sysfs.hpp"

#include <pcipeek/pcipeek.hpp>

#include <gtest/gtest.h>

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

} // namespace
} // namespace pcipeek
