// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "fake_sysfs.hpp"
#include "file_limit.hpp"
#include "sysfs/sysfs.hpp"
#include "sysfs/sysfs_diagnosis.hpp"

#include <pcipeek/pcipeek.hpp>

#include <gtest/gtest.h>

#include <cerrno>
#include <filesystem>
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

class SmallFiles : public testing::Test {
protected:
	SmallFiles()
	{
		sysfs.write(path, "");
	}

	test::FakeSysfs sysfs;
	const std::string path = "/sys/small/file";
};

TEST_F(SmallFiles, AreReadWhole)
{
	for (const std::size_t size : {0U, 1U, 4095U, 4096U, 4097U, 8192U, 10000U}) {
		const std::string text(size, 'x');
		sysfs.write(path, text);
		EXPECT_EQ(detail::sysfs::read_file(path), text) << size;
	}
	EXPECT_EQ(detail::sysfs::read_file("/sys/small"), std::nullopt);
}

TEST_F(SmallFiles, HaveNumbersInTheKernelsNotation)
{
	const std::map<std::string, std::optional<std::uint64_t>> numbers{
		{"0x1147\n", 0x1147},	{"0x0", 0},	    {"1147\n", std::nullopt},
		{"0x\n", std::nullopt}, {"", std::nullopt}, {"0xg", std::nullopt}};
	for (const auto &[text, number] : numbers) {
		sysfs.write(path, text);
		EXPECT_EQ(detail::sysfs::read_number(path), number) << text;
	}
}

TEST_F(SmallFiles, NeedNoRightToListTheirDirectory)
{
	namespace fs = std::filesystem;
	sysfs.write(path, "0x12\n");
	fs::permissions(sysfs.real_path("/sys/small"), fs::perms::owner_exec);
	const detail::sysfs::Directory directory{"/sys/small"};
	EXPECT_EQ(directory.number("file"), 0x12u);
	fs::permissions(sysfs.real_path("/sys/small"), fs::perms::owner_all);
}

TEST_F(SmallFiles, AreWrittenOrTellWhyNot)
{
	EXPECT_EQ(detail::sysfs::write_file(path, "on\n"), 0);
	EXPECT_EQ(detail::sysfs::read_file(path), "on\n");
	errno = EIO; // of something before
	EXPECT_EQ(detail::sysfs::write_file(path, ""), 0);
	EXPECT_EQ(detail::sysfs::write_file("/sys/small/absent", "on\n"), ENOENT);
	const test::FileLimit limit{0};
	EXPECT_EQ(detail::sysfs::write_file(path, "on\n"), EFBIG);
}

TEST_F(SmallFiles, AreInTheDirectoryToWhichTheirLinksLead)
{
	std::filesystem::create_symlink("small/file", sysfs.real_path("/sys/link"));
	EXPECT_TRUE(detail::sysfs::real_parent("/sys/link").ends_with("/sys/small"));
	EXPECT_TRUE(detail::sysfs::real_parent("/sys/link").starts_with("/"));
	EXPECT_EQ(detail::sysfs::real_parent("/sys/absent"), "");
}

TEST_F(SmallFiles, TellWhetherTheKernelIsLockedDown)
{
	const char *lockdown = "/sys/kernel/security/lockdown";
	for (const char *text : {"[none] integrity\n", "none integrity\n", ""}) {
		sysfs.write(lockdown, text);
		EXPECT_FALSE(detail::sysfs::is_locked_down()) << text;
		EXPECT_EQ(detail::diagnose_sysfs(EPERM, "write").cause, Cause::needs_root);
	}
	sysfs.write(lockdown, "none [integrity]\n");
	EXPECT_TRUE(detail::sysfs::is_locked_down());
	EXPECT_EQ(detail::diagnose_sysfs(EPERM, "write").cause, Cause::lockdown);
	EXPECT_EQ(detail::diagnose_sysfs(EACCES, "write").cause, Cause::needs_root);
	EXPECT_EQ(detail::diagnose_sysfs(ENODEV, "write").cause, Cause::gone);
}

} // namespace
} // namespace pcipeek
