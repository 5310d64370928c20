// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "fake_sysfs.hpp"
#include "file_limit.hpp"
#include "refusal.hpp"

#include <pcipeek/pcipeek.hpp>

#include <gmock/gmock.h>

#include <cerrno>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <unistd.h>

namespace pcipeek {
namespace {

using test::FakeSysfs;
using test::refusal_of;

class Legacy : public testing::Test {
protected:
	void SetUp() override
	{
		sysfs.add(test::io_board());
	}

	Device board() const
	{
		return lspci({.device = 0x0c5d}).at(0);
	}

	// A platform that has them.
	void give(const std::string &name, const std::string &contents)
	{
		sysfs.write(bus + name, contents);
	}

	std::string contents(const std::string &name) const
	{
		std::ostringstream text;
		text << std::ifstream{sysfs.real_path(bus + name), std::ios::binary}.rdbuf();
		return text.str();
	}

	const std::string bus = "/sys/class/pci_bus/0000:05/";
	FakeSysfs sysfs;
};

TEST_F(Legacy, PortsAreThoseOfTheDevicesBus)
{
	std::string ports(0x10000, '\0');
	ports[0x3c0] = 0x12;
	ports[0x3c1] = 0x34;
	give("legacy_io", ports);
	const LegacyIo io{board()};

	EXPECT_EQ(io.read<std::uint16_t>(0x3c0), 0x3412);
	io.write(0x3c1, std::uint8_t{0x56});
	EXPECT_EQ(io.read<std::uint32_t>(0x3c0), 0x5612u);
	ports[0x3c1] = 0x56;
	EXPECT_EQ(contents("legacy_io"), ports);
}

TEST_F(Legacy, PortsRefuseWhatIsNoAccess)
{
	give("legacy_io", std::string(0x10000, '\0'));
	const LegacyIo io{board()};

	EXPECT_EQ(refusal_of([&] { io.read<std::uint32_t>(0x3c2); }).cause(), Cause::misaligned);
	EXPECT_EQ(refusal_of([&] { io.read_value(0x3c0, Width::w64); }).cause(),
		  Cause::unsupported);
	EXPECT_STREQ(
		refusal_of([&] { io.write_value(0x3c0, Width::w8, 0x100); }).what(),
		"cannot write 8 bits at legacy port 0x3c0 beside 0000:05:0c.0: the value 0x100 "
		"has more bits");
}

TEST_F(Legacy, MemoryIsMappedWhereItIsAskedFor)
{
	std::string memory(0x3000, '\0');
	memory[0x1004] = 0x7a;
	give("legacy_mem", memory);
	const LegacyMemory map{board(), 0x1000, 0x1000, true};

	EXPECT_EQ(map.bytes().size(), 0x1000u);
	EXPECT_EQ(std::to_integer<int>(std::byte{map.bytes()[4]}), 0x7a);
	map.bytes()[5] = std::byte{0x7b};
	EXPECT_EQ(contents("legacy_mem")[0x1005], 0x7b);
}

TEST_F(Legacy, MemoryBeginsOnAPage)
{
	give("legacy_mem", std::string(0x3000, '\0'));

	EXPECT_EQ(refusal_of([&] { const LegacyMemory map(board(), 0x10, 0x10); }).cause(),
		  Cause::misaligned);
	EXPECT_EQ(refusal_of([&] { const LegacyMemory map(board(), 0, 0); }).cause(),
		  Cause::invalid);
}

TEST_F(Legacy, IsNotSaidToBeMissingByWhoCannotSeeIt)
{
	EXPECT_EQ(refusal_of([&] { const LegacyIo io{board()}; }).cause(), Cause::no_sysfs);
	const Device gone = board();
	sysfs.add(test::memory_board());
	sysfs.remove(gone.address());
	EXPECT_EQ(refusal_of([&] { const LegacyIo io{gone}; }).cause(), Cause::gone);
}

TEST_F(Legacy, IsAClearErrorWhereThePlatformHasNone)
{
	give("uevent", "");
	const Error error = refusal_of([&] { const LegacyIo io{board()}; });

	EXPECT_EQ(error.code().value(), ENOENT);
	EXPECT_EQ(error.cause(), Cause::unsupported);
	EXPECT_STREQ(error.what(), "cannot use the legacy I/O ports beside 0000:05:0c.0: this "
				   "platform has no legacy_io (x86 never has)");
	EXPECT_EQ(refusal_of([&] { const LegacyMemory map(board(), 0, 1); }).cause(),
		  Cause::unsupported);
}

TEST_F(Legacy, KeepsTheErrorOfTheFile)
{
	give("legacy_io", std::string(4, '\0'));
	const LegacyIo io{board()};
	EXPECT_EQ(refusal_of([&] { io.read<std::uint8_t>(4); }).code().value(), ENODEV);
	{
		const test::FileLimit limit{0};
		const Error error = refusal_of([&] { io.write(0, std::uint8_t{1}); });
		EXPECT_EQ(error.code().value(), EFBIG);
	}
	const std::string file = sysfs.real_path(bus + "legacy_io");
	std::filesystem::remove(file);
	std::filesystem::create_directory(file);
	EXPECT_EQ(refusal_of([&] { const LegacyIo other{board()}; }).code().value(), EISDIR);
}

TEST_F(Legacy, MemoryIsOnlyForReadingUnlessItIsAskedForOtherwise)
{
	const std::string file = sysfs.real_path(bus + "legacy_mem");
	give("legacy_mem", std::string(0x1000, 'x'));
	std::filesystem::permissions(file, std::filesystem::perms::owner_read);
	const LegacyMemory map{board(), 0, 0x1000};
	EXPECT_EQ(std::to_integer<int>(std::byte{map.bytes()[0]}), 'x');
}

TEST_F(Legacy, MemoryMovesWithItsOwner)
{
	give("legacy_mem", std::string(0x1000, 'a') + std::string(0x1000, 'b'));
	LegacyMemory map{board(), 0, 0x1000};
	LegacyMemory other{board(), 0x1000, 0x800};
	map = std::move(other);
	EXPECT_EQ(map.bytes().size(), 0x800u);
	EXPECT_EQ(std::to_integer<int>(std::byte{map.bytes()[0]}), 'b');
	LegacyMemory third{std::move(map)};
	EXPECT_EQ(map.bytes().size(), 0u);
	EXPECT_EQ(std::to_integer<int>(std::byte{third.bytes()[0]}), 'b');
}

TEST_F(Legacy, MemoryThatIsADirectoryCannotBeMapped)
{
	give("legacy_mem/file", "");
	EXPECT_EQ(refusal_of([&] { const LegacyMemory map(board(), 0, 1); }).code().value(),
		  ENODEV);
}

} // namespace
} // namespace pcipeek
