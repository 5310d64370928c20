// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "fake_sysfs.hpp"
#include "refusal.hpp"

#include <pcipeek/pcipeek.hpp>

#include <gmock/gmock.h>

#include <filesystem>

namespace pcipeek {
namespace {

using test::FakeSysfs;
using test::SysfsDevice;
using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> addresses(const Filter &filter = {})
{
	std::vector<std::string> list;
	for (const Device &device : lspci(filter))
		list.push_back(to_string(device.address()));
	return list;
}

// "mem 0x90502000 64": as pypci prints a BaseAddressRegister.
std::vector<std::string> describe_bars(const Device &device)
{
	std::vector<std::string> list;
	for (const Bar &bar : device.bars()) {
		std::ostringstream text;
		text << bar.index() << (bar.type() == BarType::mem ? " mem 0x" : " io 0x")
		     << std::hex << bar.addr() << ' ' << std::dec << bar.size();
		list.push_back(text.str());
	}
	return list;
}

class Lspci : public testing::Test {
protected:
	void SetUp() override
	{
		sysfs.add(test::memory_board());
		sysfs.add(test::io_board());
	}

	FakeSysfs sysfs;
};

TEST_F(Lspci, FindsTheMemoryBoardWithExactlyItsBars)
{
	const auto boards = lspci({.vendor = 0x1147, .device = 3214});

	ASSERT_EQ(boards.size(), 1u);
	EXPECT_THAT(describe_bars(boards[0]),
		    ElementsAre("0 mem 0x90502000 64", "1 mem 0x90501000 64",
				"2 mem 0x90503000 32"));
}

TEST_F(Lspci, FindsTheIoBoardWithExactlyItsBars)
{
	const auto boards = lspci({.vendor = 0x1147, .device = 0x0c5d});

	ASSERT_EQ(boards.size(), 1u);
	EXPECT_THAT(describe_bars(boards[0]), ElementsAre("0 io 0x2000 32", "1 io 0x2048 4"));
}

TEST_F(Lspci, GivesBarsThatRefuseAccessesOutsideWithoutOpeningTheDevice)
{
	const Device board = lspci({.vendor = 0x1147, .device = 3214}).at(0);
	try {
		read(board.bar(2), 0x1d, 4);
		FAIL();
	} catch (const BadAccessError &error) {
		EXPECT_STREQ(error.what(), "PCI addr space is 0x90503000-0x9050301f while tried to "
					   "access 0x9050301d-0x90503020.");
	}
	EXPECT_FALSE(board.is_open());
}

TEST_F(Lspci, TellsWhatSysfsShows)
{
	const Device board = lspci({.device = 0x0c8e}).at(0);

	EXPECT_EQ(board.vendor_id(), 0x1147);
	EXPECT_EQ(board.device_id(), 0x0c8e);
	EXPECT_EQ(board.subsystem_vendor_id(), 0x1147);
	EXPECT_EQ(board.subsystem_id(), 0x2090);
	EXPECT_EQ(board.class_code(), 0xff0000u);
	EXPECT_EQ(board.revision_id(), 1);
	EXPECT_EQ(board.driver(), std::nullopt);
	EXPECT_FALSE(board.is_open());
}

TEST_F(Lspci, SortsByAddressNotByName)
{
	sysfs.add({.address = {.domain = 0x10000, .bus = 1}, .vendor = 0x8086});
	sysfs.add({.address = {.domain = 0x2000}, .vendor = 0x8086});
	sysfs.add({.address = {}, .vendor = 0x8086});

	EXPECT_THAT(addresses(), ElementsAre("0000:00:00.0", "0000:05:0c.0", "0000:05:0d.0",
					     "2000:00:00.0", "10000:01:00.0"));
}

TEST_F(Lspci, CombinesAllFieldsOfTheFilter)
{
	EXPECT_THAT(addresses({.vendor = 0x1147}), ElementsAre("0000:05:0c.0", "0000:05:0d.0"));
	EXPECT_THAT(addresses({.vendor = 0x8086, .device = 0x0c8e}), IsEmpty());
	EXPECT_THAT(addresses({.subsystem_vendor = 0x1147, .subsystem = 1}),
		    ElementsAre("0000:05:0c.0"));
	EXPECT_THAT(addresses({.address = Address::parse("05:0d.0")}), ElementsAre("0000:05:0d.0"));
	EXPECT_THAT(addresses({.vendor = 0x1147, .address = Address::parse("00:00.0")}), IsEmpty());
}

TEST_F(Lspci, ComparesTheClassUnderItsMask)
{
	sysfs.add({.address = {}, .class_code = 0x020001});

	EXPECT_THAT(addresses({.class_code = 0x020000}), IsEmpty());
	EXPECT_THAT(addresses({.class_code = 0x020000, .class_mask = 0xff0000}),
		    ElementsAre("0000:00:00.0"));
}

TEST_F(Lspci, LeavesOutADeviceThatVanishesMeanwhile)
{
	std::remove(sysfs.real_path("/sys/devices/0000:05:0c.0/resource").c_str());
	EXPECT_THAT(addresses(), ElementsAre("0000:05:0d.0"));

	std::remove(sysfs.real_path("/sys/devices/0000:05:0d.0/vendor").c_str());
	EXPECT_THAT(addresses(), IsEmpty());
}

TEST_F(Lspci, TakesTheIdsFromTheModaliasWhereThereIsOne)
{
	sysfs.write("/sys/devices/0000:05:0d.0/modalias",
		    "pci:v00008086d000010D3sv00001AF4sd00001100bc02sc03i04\n");
	const Device board = lspci({.vendor = 0x8086}).at(0);

	EXPECT_EQ(board.device_id(), 0x10d3);
	EXPECT_EQ(board.subsystem_vendor_id(), 0x1af4);
	EXPECT_EQ(board.subsystem_id(), 0x1100);
	EXPECT_EQ(board.class_code(), 0x020304u);
	EXPECT_EQ(board.revision_id(), 1) << "which is not in it";
	EXPECT_EQ(board.bars().size(), 3u);
}

TEST_F(Lspci, TakesTheIdsFromTheirFilesWhereTheModaliasIsNotOfPci)
{
	sysfs.write("/sys/devices/0000:05:0d.0/modalias", "pci:v00008086\n");

	EXPECT_EQ(lspci({.vendor = 0x1147, .device = 3214}).size(), 1u);
}

TEST_F(Lspci, ListsABoardWithoutSubsystemAndRevision)
{
	for (const char *file : {"subsystem_vendor", "subsystem_device", "revision"})
		std::remove(
			sysfs.real_path("/sys/devices/0000:05:0d.0/" + std::string{file}).c_str());
	const Device board = lspci({.device = 3214}).at(0);

	EXPECT_EQ(board.subsystem_vendor_id(), 0);
	EXPECT_EQ(board.subsystem_id(), 0);
	EXPECT_EQ(board.revision_id(), 0);
}

TEST_F(Lspci, TellsTheDriverOfTheMoment)
{
	const Device board = lspci({.device = 0x0c8e}).at(0);

	sysfs.set_driver(board.address(), "serial");
	EXPECT_EQ(board.driver(), "serial");
	sysfs.set_driver(board.address(), std::nullopt);
	EXPECT_EQ(board.driver(), std::nullopt);
}

TEST(LspciOfAMachineWithoutPci, IsEmpty)
{
	const FakeSysfs sysfs;

	EXPECT_THAT(addresses(), IsEmpty());
}

// What lspci() throws.
Error refusal(const Filter &filter = {})
{
	return test::refusal_of([&] { lspci(filter); });
}

// Of the whole list, of one device by its address, and of one by its ids.
void expect_no_sysfs(const std::string &why)
{
	for (const Filter &filter :
	     {Filter{}, Filter{.address = Address::parse("05:0d.0")}, Filter{.vendor = 0x1147}}) {
		const Error error = refusal(filter);
		EXPECT_EQ(error.cause(), Cause::no_sysfs);
		EXPECT_EQ(error.code(), std::errc::no_such_file_or_directory);
		EXPECT_EQ(error.what(), "cannot list the PCI devices: " + why);
	}
}

TEST_F(Lspci, WithoutSysfsIsAnErrorAndNotEmpty)
{
	std::filesystem::remove_all(sysfs.real_path("/sys"));
	expect_no_sysfs("/sys is not mounted; as root: mount -t sysfs sysfs /sys");
}

TEST_F(Lspci, WithoutThePciBusOfSysfsIsAnErrorAndNotEmpty)
{
	std::filesystem::remove_all(sysfs.real_path("/sys/bus/pci"));
	expect_no_sysfs("there is no /sys/bus/pci: the kernel has no PCI, or another file system "
			"is mounted over it; see: findmnt -R /sys");
}

TEST_F(Lspci, WhoseDevicesAreHiddenIsAnErrorAndNotEmpty)
{
	std::filesystem::remove_all(sysfs.real_path("/sys/devices"));
	expect_no_sysfs("/sys/devices is not there, or another file system is mounted over it; "
			"see: findmnt -R /sys");
}

TEST_F(Lspci, OfOneDeviceThatIsHiddenIsAnErrorAndNotEmpty)
{
	std::filesystem::remove_all(sysfs.real_path("/sys/devices/0000:05:0d.0"));
	EXPECT_EQ(refusal({.address = Address::parse("05:0d.0")}).cause(), Cause::no_sysfs);
	EXPECT_THAT(addresses({.address = Address::parse("05:0e.0")}), IsEmpty());
}

TEST(A64BitBarOfADevice, TakesTwoNumbers)
{
	FakeSysfs sysfs;
	sysfs.add({.vendor = 0x1af4,
		   .resources = {{0xfebf0000, 0xfebf00ff, test::mem_bar},
				 {},
				 {0x800000000, 0xbffffffff, test::mem64_prefetchable_bar}}});
	const Device device = lspci().at(0);

	EXPECT_THAT(describe_bars(device),
		    ElementsAre("0 mem 0xfebf0000 256", "2 mem 0x800000000 17179869184"));
	EXPECT_TRUE(device.bar(2).is_64bit());
	EXPECT_TRUE(device.bar(2).prefetchable());
}

TEST(AnIdOfTooManyBits, ThrowsAndIsNotCutOff)
{
	EXPECT_THROW((void)Filter({.vendor = 0x11470}), std::out_of_range);
	EXPECT_THROW((void)Id{-1}, std::out_of_range);
	EXPECT_THROW((void)Id{std::uint64_t{1} << 32}, std::out_of_range);
	EXPECT_EQ(Id{0xffff}.value(), 0xffff);
}

TEST_F(Lspci, DistinguishesSubsystems)
{
	EXPECT_THAT(addresses({.subsystem_vendor = 0x1147}), testing::SizeIs(2));
	EXPECT_THAT(addresses({.subsystem_vendor = 0x1148}), IsEmpty());
	EXPECT_THAT(addresses({.subsystem_vendor = 0x1147, .subsystem = 0x2090}),
		    ElementsAre("0000:05:0d.0"));
}

TEST_F(Lspci, FindsNoFunctionWithoutItsIds)
{
	for (const char *file : {"vendor", "device", "class"}) {
		FakeSysfs other;
		other.add(test::memory_board());
		std::filesystem::remove(
			other.real_path("/sys/devices/0000:05:0d.0/" + std::string{file}));
		EXPECT_THAT(addresses(), IsEmpty()) << file;
	}
}

TEST_F(Lspci, TakesAnIdThatIsMissingForZero)
{
	std::filesystem::remove(sysfs.real_path("/sys/devices/0000:05:0d.0/subsystem_device"));
	EXPECT_EQ(lspci({.device = 0x0c8e}).at(0).subsystem_id(), 0);
}

} // namespace
} // namespace pcipeek
