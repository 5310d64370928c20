// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "fake_channel.hpp"
#include "names/id_files.hpp"
#include "names/names.hpp"
#include "names/pci_ids.hpp"
#include "sysfs/modalias.hpp"
#include "sysfs/udev.hpp"

#include <gtest/gtest.h>

namespace pcipeek::detail {
namespace {

constexpr const char *text = "# a comment\n"
			     "0001  First vendor\n"
			     "\t0c8e  Not this one\n"
			     "1147  Interface Corp\n"
			     "# another\n"
			     "\t0c5d  Digital I/O\n"
			     "\t\t1147 0c8e  Not this one either\n"
			     "\t0c8e  Counter\n"
			     "1148  Next vendor\n"
			     "C 02  Network controller\n"
			     "\t00  Ethernet controller\n"
			     "\t\t00  Some interface\n"
			     "C ff  Unassigned class\n";

Identity counter_board(std::uint32_t class_code)
{
	return {.vendor_id = 0x1147, .device_id = 0x0c8e, .class_code = class_code};
}

TEST(PciIds, NamesVendorAndDevice)
{
	const Names names = PciIds{text}.names(counter_board(0xff0000));

	EXPECT_EQ(names.vendor_name, "Interface Corp");
	EXPECT_EQ(names.device_name, "Counter");
}

TEST(PciIds, NamesTheSubClassOrElseTheClass)
{
	EXPECT_EQ(PciIds{text}.names(counter_board(0x020000)).class_name, "Ethernet controller");
	EXPECT_EQ(PciIds{text}.names(counter_board(0xff0000)).class_name, "Unassigned class");
}

TEST(PciIds, LeavesEmptyWhatItDoesNotKnow)
{
	const Identity unknown{.vendor_id = 0x1148, .device_id = 0x0c8e, .class_code = 0xee0000};

	EXPECT_EQ(PciIds{text}.names(unknown).vendor_name, "Next vendor");
	EXPECT_EQ(PciIds{text}.names(unknown).device_name, "");
	EXPECT_EQ(PciIds{text}.names(unknown).class_name, "");
	EXPECT_EQ(PciIds{""}.names(unknown).vendor_name, "");
}

TEST(PciIds, NeedNotBeInOrder)
{
	const PciIds ids{"1148  Next vendor\n1147  Interface Corp\n\t0c8e  Counter\n"
			 "\t0c5d  Digital I/O\n\t0c8e  Again\n1147  Again\n"};

	EXPECT_EQ(ids.names(counter_board(0)).vendor_name, "Interface Corp");
	EXPECT_EQ(ids.names(counter_board(0)).device_name, "Counter");
}

TEST(PciIds, TakesWhatItDoesNotUnderstandForNobody)
{
	const PciIds ids{"\t0c8e  Of nobody\n1147  Interface Corp\nX 11  Another kind\n"
			 "\t0c8e  Of the other kind\n"};

	EXPECT_EQ(ids.names(counter_board(0)).vendor_name, "Interface Corp");
	EXPECT_EQ(ids.names(counter_board(0)).device_name, "");
}

TEST(TheHardwareDatabase, IsAskedByTheKernelsModalias)
{
	EXPECT_EQ(modalias(test::memory_board_identity()),
		  "pci:v00001147d00000C8Esv00001147sd00002090bcFFsc00i00");
}

TEST(AModalias, HasAllIdsButTheRevision)
{
	Identity identity;

	EXPECT_TRUE(take_modalias(modalias(test::memory_board_identity()) + "\n", identity));
	EXPECT_EQ(modalias(identity), modalias(test::memory_board_identity()));
}

TEST(AModalias, IsOfPciAndWhole)
{
	Identity identity{.vendor_id = 0x1147};

	EXPECT_FALSE(take_modalias("", identity));
	EXPECT_FALSE(take_modalias("usb:v1D6Bp0002d0601dc09dsc00dp00ic09isc00ip00in00", identity));
	EXPECT_FALSE(take_modalias("pci:v00008086d000010D3sv00001AF4sd00001100bc02sc03", identity));
	EXPECT_EQ(identity.vendor_id, 0x1147);
	EXPECT_EQ(identity.device_id, 0);
}

TEST(ADevice, IsNamedByTheMachinesOwnDatabase)
{
	const Udev &library = Udev::get();
	const UdevPtr udev{library.udev_new()};
	Names known;
	machine_id_files().complete(known, counter_board(0xff0000));
	if (!UdevHwdbPtr{library.udev_hwdb_new(udev.get())} && known.vendor_name.empty())
		GTEST_SKIP() << "this machine has neither udev's hardware database nor pci.ids";

	EXPECT_EQ(find_names(counter_board(0xff0000)).vendor_name, "Interface Corp");
}

// Whichever of the machine's databases knows it, they say the same.
TEST(ADevice, OfACommonKindHasAllItsNames)
{
	const Identity network{.vendor_id = 0x8086, .device_id = 0x10d3, .class_code = 0x020000};
	const Identity unknown{.vendor_id = 0x8086, .device_id = 0xffff, .class_code = 0x027e00};
	if (find_names(network).vendor_name.empty())
		GTEST_SKIP() << "this machine has neither udev's hardware database nor pci.ids";

	EXPECT_EQ(find_names(network).vendor_name, "Intel Corporation");
	EXPECT_EQ(find_names(network).device_name, "82574L Gigabit Network Connection");
	EXPECT_EQ(find_names(network).class_name, "Ethernet controller");
	EXPECT_EQ(find_names(unknown).device_name, "");
	EXPECT_EQ(find_names(unknown).class_name, "Network controller");
}

TEST(PciIds, AreNumbersInLowerCaseAndTwoBlanks)
{
	const PciIds ids{"0009  Nine\n000a  Ten\n000f  Fifteen\n000A  Capital\n00g0  No digit\n"
			 "000:  Behind nine\n000Z  Before a\n0b0  Short\n000c One\n000d\t "
			 "Tab\n000e   Three\n0010  \n"
			 "00\n1147  Interface Corp\n\t0009  Counter\n\t000a  Timer\n"};
	const auto vendor = [&](std::uint16_t id) {
		return ids.names({.vendor_id = id}).vendor_name;
	};
	const auto device = [&](std::uint16_t id) {
		return ids.names({.vendor_id = 0x1147, .device_id = id}).device_name;
	};

	EXPECT_EQ(vendor(0x9), "Nine");
	EXPECT_EQ(vendor(0xa), "Ten");
	EXPECT_EQ(vendor(0xf), "Fifteen");
	EXPECT_EQ(vendor(0xe), " Three");
	for (const int id : {0x0, 0x3, 0x100, 0x110, 0xb0, 0xc, 0xd, 0x10})
		EXPECT_EQ(vendor(static_cast<std::uint16_t>(id)), "") << id;
	EXPECT_EQ(device(0x9), "Counter");
	EXPECT_EQ(device(0xa), "Timer");
	EXPECT_EQ(device(0x9), "Counter");
}

TEST(PciIds, KnowsTheDevicesOfAVendorWithoutAName)
{
	const PciIds ids{"1147  \n\t0c8e  Counter\n"};

	EXPECT_EQ(ids.names(counter_board(0)).vendor_name, "");
	EXPECT_EQ(ids.names(counter_board(0)).device_name, "Counter");
}

TEST(PciIds, TakesNoCommentForADevice)
{
	const PciIds ids{"1147  Interface Corp\n#0c8e  Counter, if it were known\n"};

	EXPECT_EQ(ids.names(counter_board(0)).device_name, "");
}

TEST(PciIds, KnowsTheSubClassesOfTheFirstClass)
{
	const PciIds ids{"C 00  Unclassified device\n\t01  VGA compatible\n"};

	EXPECT_EQ(ids.names(counter_board(0x000100)).class_name, "VGA compatible");
}

TEST(PciIds, KnowsTheFirstVendorEvenIfNobodyFollows)
{
	const PciIds ids{"1147  Interface Corp\n\t0c8e  Counter\nnobody\n\t0c8e  Of nobody\n"
			 "nobody else\n\t0c5d  Of nobody\n"};

	EXPECT_EQ(ids.names(counter_board(0)).device_name, "Counter");
	EXPECT_EQ(ids.names({.vendor_id = 0x1147, .device_id = 0x0c5d}).device_name, "");
	EXPECT_FALSE(ids.empty());
	EXPECT_TRUE(PciIds{"# nothing\n"}.empty());
}

} // namespace
} // namespace pcipeek::detail
