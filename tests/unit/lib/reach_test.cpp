// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
//
// What the module tells of the way to a BAR, and what people are told of it.
#include "fake_channel.hpp"
#include "fake_sysfs.hpp"
#include "refusal.hpp"

#include <pcipeek/pcipeek.hpp>

#include <gmock/gmock.h>

#include <linux/pci_regs.h>

#include <cerrno>
#include <filesystem>

namespace pcipeek {
namespace {

using test::FakeBoard;
using test::FakeSysfs;
using test::refusal_of;
using testing::HasSubstr;
using testing::Not;

// An answer of BAR_INFO about the bridge 0000:00:09.0, and what is said of it.
struct Case {
	const char *name;
	std::uint8_t reach;
	Cause cause;
	const char *text;
	std::uint64_t found = 0;
	std::uint64_t wanted = 0;
	std::uint64_t wanted_last = 0;
};

void PrintTo(const Case &tested, std::ostream *stream)
{
	*stream << tested.name;
}

std::string name_of(const testing::TestParamInfo<Case> &info)
{
	return info.param.name;
}

class ReachTest : public testing::TestWithParam<Case> {
protected:
	ReachTest()
	{
		sysfs.add(test::memory_board());
		answer({.domain = 0, .bus = 0, .device = 9, .function = 0});
	}

	// That function says what the case has.
	void answer(const Address &where)
	{
		board.reach = [where](pcipeek_bar_info &info) {
			info.reach = GetParam().reach;
			info.reach_bus = where.bus;
			info.reach_devfn =
				static_cast<std::uint8_t>(where.device << 3 | where.function);
			info.found = GetParam().found;
			info.wanted = GetParam().wanted;
			info.wanted_last = GetParam().wanted_last;
		};
	}

	void expect_told()
	{
		const Bar bar = board.device().bar(1);
		read<std::uint8_t>(bar, 0);
		board.access_error = EIO;
		const auto refusal = refusal_of([&] { read<std::uint32_t>(bar, 8); });
		EXPECT_EQ(refusal.cause(), GetParam().cause);
		EXPECT_THAT(refusal.what(), HasSubstr(GetParam().text));
		const std::optional<Obstacle> obstacle = find_obstacle(bar);
		ASSERT_TRUE(obstacle);
		EXPECT_EQ(obstacle->cause, GetParam().cause);
		EXPECT_THAT(obstacle->text, HasSubstr(GetParam().text));
		told = obstacle->text;
	}

	FakeSysfs sysfs;
	FakeBoard board{test::memory_board_identity()};
	std::string told;
};

class ABridgeInTheWay : public ReachTest {};

TEST_P(ABridgeInTheWay, IsNamedWithWhatHelps)
{
	expect_told();
}

INSTANTIATE_TEST_SUITE_P(
	, ABridgeInTheWay,
	testing::Values(
		Case{"silent", PCIPEEK_REACH_SILENT, Cause::path_closed,
		     "the bridge 0000:00:09.0 above it does not answer"},
		Case{"asleep", PCIPEEK_REACH_ASLEEP, Cause::path_closed,
		     "the bridge 0000:00:09.0 above it is asleep; as root: pcipeek config "
		     "0000:00:09.0 CAP_PM+4.w=0:0x3"},
		Case{"decode_off", PCIPEEK_REACH_DECODE_OFF, Cause::path_closed,
		     "the bridge 0000:00:09.0 above it does not forward memory accesses (memory "
		     "decode is off); as root: pcipeek config 0000:00:09.0 COMMAND=0x2:0x2"},
		Case{"buses_lost", PCIPEEK_REACH_BUSES_LOST, Cause::path_closed,
		     "forgot its bus numbers: it was reset behind the kernel's back; as root: echo "
		     "1 > /sys/bus/pci/devices/0000:00:09.0/remove; echo 1 > /sys/bus/pci/rescan"},
		Case{"io_window", PCIPEEK_REACH_IO_WINDOW, Cause::path_closed,
		     "its I/O window is not the 0x1c000-0x2dfff that the kernel set; as root: "
		     "pcipeek config 0000:00:09.0 IO_BASE=0xc0 IO_LIMIT=0xd0 IO_BASE_UPPER16=0x1 "
		     "IO_LIMIT_UPPER16=0x2",
		     0, 0x1c000, 0x2dfff},
		Case{"io_window_of_1_kib", PCIPEEK_REACH_IO_WINDOW, Cause::path_closed,
		     "IO_BASE=0xd4 IO_LIMIT=0xd8 IO_BASE_UPPER16=0x0 IO_LIMIT_UPPER16=0x0", 0,
		     0xd500, 0xdbff},
		Case{"io_window_that_ends_within_4_kib", PCIPEEK_REACH_IO_WINDOW,
		     Cause::path_closed, "IO_BASE=0xd0 IO_LIMIT=0xd4 ", 0, 0xd000, 0xd7ff},
		Case{"memory_window", PCIPEEK_REACH_MEMORY_WINDOW, Cause::path_closed,
		     "its memory window is not the 0xfe800000-0xfe9fffff that the kernel set; as "
		     "root: pcipeek config 0000:00:09.0 MEMORY_BASE=0xfe80 MEMORY_LIMIT=0xfe90",
		     0, 0xfe800000, 0xfe9fffff},
		Case{"prefetchable_window", PCIPEEK_REACH_PREF_WINDOW, Cause::path_closed,
		     "PREF_MEMORY_BASE=0x0 PREF_MEMORY_LIMIT=0x10 PREF_BASE_UPPER32=0x80 "
		     "PREF_LIMIT_UPPER32=0x80",
		     0, 0x8000000000, 0x80001fffff},
		Case{"prefetchable_window_in_the_middle", PCIPEEK_REACH_PREF_WINDOW,
		     Cause::path_closed,
		     "its prefetchable window is not the 0x81234f0000-0x91237fffff that the "
		     "kernel set; as root: pcipeek config 0000:00:09.0 PREF_MEMORY_BASE=0x2340 "
		     "PREF_MEMORY_LIMIT=0x2370 PREF_BASE_UPPER32=0x81 PREF_LIMIT_UPPER32=0x91",
		     0, 0x81234f0000, 0x91237fffff}),
	name_of);

// The kernel wakes what it put to sleep, and knows nothing of what others did.
class ABridgeThatTheKernelPutToSleep : public ReachTest {
protected:
	void sleeps_as(const std::string &state)
	{
		sysfs.write("/sys/devices/0000:00:09.0/power_state", state + "\n");
	}
};

TEST_P(ABridgeThatTheKernelPutToSleep, IsWokenByIt)
{
	test::SysfsDevice bridge = test::memory_board();
	bridge.address = {.domain = 0, .bus = 0, .device = 9, .function = 0};
	sysfs.add(bridge);
	sleeps_as("D3hot");
	expect_told();
	EXPECT_THAT(told, HasSubstr("is asleep; as root: echo on > "
				    "/sys/bus/pci/devices/0000:00:09.0/power/control"));
	for (const char *awake : {"D0", "unknown"}) {
		sleeps_as(awake);
		EXPECT_THAT(find_obstacle(board.device().bar(1))->text,
			    HasSubstr("CAP_PM+4.w=0:0x3"))
			<< awake;
	}
}

INSTANTIATE_TEST_SUITE_P(, ABridgeThatTheKernelPutToSleep,
			 testing::Values(Case{"asleep", PCIPEEK_REACH_ASLEEP, Cause::path_closed,
					      "is asleep; as root: echo on"}),
			 name_of);

// As the cases of memory, in the other space.
class ABridgeBeforePorts : public testing::Test {
protected:
	void answer(std::uint8_t bus, std::uint8_t devfn)
	{
		ports.reach = [bus, devfn](pcipeek_bar_info &info) {
			info.reach = PCIPEEK_REACH_DECODE_OFF;
			info.reach_bus = bus;
			info.reach_devfn = devfn;
		};
	}

	std::string told()
	{
		return find_obstacle(ports.device().bar(0))->text;
	}

	FakeSysfs sysfs;
	FakeBoard ports{test::io_board_identity()};
};

TEST_F(ABridgeBeforePorts, ForwardsNoIoAccesses)
{
	sysfs.add(test::io_board());
	answer(0, 9 << 3 | 5);
	EXPECT_EQ(told(), "the bridge 0000:00:09.5 above it does not forward I/O accesses (I/O "
			  "decode is off); as root: pcipeek config 0000:00:09.5 COMMAND=0x1:0x1");
}

TEST_F(ABridgeBeforePorts, OrTheDeviceItselfDecodesNone)
{
	sysfs.add(test::io_board());
	ports.info.state &= ~PCIPEEK_STATE_GRANTED;
	sysfs.set_driver(test::io_board().address, "serial");
	const Address address = test::io_board().address;
	answer(address.bus, static_cast<std::uint8_t>(address.device << 3 | address.function));
	EXPECT_THAT(told(),
		    HasSubstr("it does not decode its I/O space; as root: pcipeek config "));
	EXPECT_THAT(told(), HasSubstr(" COMMAND=0x1:0x1"));
}

class APhysicalFunctionInTheWay : public ReachTest {
protected:
	APhysicalFunctionInTheWay()
	{
		const std::string link = "/sys/devices/0000:05:0d.0/physfn";
		std::filesystem::create_symlink("../0000:05:0c.0", sysfs.real_path(link));
		answer({.domain = 0, .bus = 5, .device = 12, .function = 0});
	}
};

TEST_P(APhysicalFunctionInTheWay, IsNamedWithWhatHelps)
{
	expect_told();
}

INSTANTIATE_TEST_SUITE_P(
	, APhysicalFunctionInTheWay,
	testing::Values(
		Case{"silent", PCIPEEK_REACH_SILENT, Cause::offline,
		     "its physical function 0000:05:0c.0 does not answer"},
		Case{"asleep", PCIPEEK_REACH_ASLEEP, Cause::asleep,
		     "its physical function 0000:05:0c.0 is asleep; as root: pcipeek config "},
		Case{"memory_off", PCIPEEK_REACH_VF_OFF, Cause::decode_off,
		     "as root: pcipeek config 0000:05:0c.0 ECAP_SRIOV+8.w=0x8:0x8",
		     PCI_SRIOV_CTRL_VFE},
		Case{"off", PCIPEEK_REACH_VF_OFF, Cause::offline,
		     "echo 0 > /sys/bus/pci/devices/0000:05:0c.0/sriov_numvfs"},
		Case{"address_lost", PCIPEEK_REACH_ADDRESS_LOST, Cause::address_lost,
		     "the VF BAR 1 register of its physical function 0000:05:0c.0 holds 0x0, but "
		     "the "
		     "kernel assigned 0xfe800000; as root: pcipeek config 0000:05:0c.0 "
		     "ECAP_SRIOV+0x28.l=0xfe800000",
		     0, 0xfe800000}),
	name_of);

// Both halves of the register, unlike above.
TEST(ABarOf64BitsOfAVirtualFunction, IsRestoredInBothHalves)
{
	FakeSysfs sysfs;
	sysfs.add(test::memory_board());
	std::filesystem::create_symlink("../0000:05:0c.0",
					sysfs.real_path("/sys/devices/0000:05:0d.0/physfn"));
	detail::Identity identity = test::memory_board_identity();
	identity.bars[1].region.bits = 64;
	FakeBoard board{identity};
	board.reach = [](pcipeek_bar_info &info) {
		info.reach = PCIPEEK_REACH_ADDRESS_LOST;
		info.reach_bus = 5;
		info.reach_devfn = 12 << 3;
		info.wanted = 0x81fe800000;
	};
	EXPECT_THAT(find_obstacle(board.device().bar(1))->text,
		    HasSubstr("ECAP_SRIOV+0x28.l=0xfe800000 ECAP_SRIOV+0x2c.l=0x81"));
}

class TheDeviceItself : public ReachTest {
protected:
	TheDeviceItself()
	{
		answer(test::memory_board().address);
	}
};

TEST_P(TheDeviceItself, IsToldWhatHelps)
{
	expect_told();
}

INSTANTIATE_TEST_SUITE_P(
	, TheDeviceItself,
	testing::Values(
		Case{"address_lost", PCIPEEK_REACH_ADDRESS_LOST, Cause::address_lost,
		     "its BAR 1 register holds 0x0, but the kernel assigned 0xfe800000: the "
		     "board was reset behind the kernel's back; as root: pcipeek reload "
		     "0000:05:0d.0",
		     0, 0xfe800000},
		Case{"silent", PCIPEEK_REACH_SILENT, Cause::offline,
		     "it does not answer; is its link down"}),
	name_of);

class ADeviceThatIsNotGranted : public TheDeviceItself {
protected:
	ADeviceThatIsNotGranted()
	{
		board.info.state = 0;
		board.info.power_state = 3;
	}
};

TEST_P(ADeviceThatIsNotGranted, IsToBeBound)
{
	expect_told();
}

INSTANTIATE_TEST_SUITE_P(
	, ADeviceThatIsNotGranted,
	testing::Values(Case{"decode_off", PCIPEEK_REACH_DECODE_OFF, Cause::decode_off,
			     "its memory space; granting it takes care of that: pcipeek bind "
			     "0000:05:0d.0"},
			Case{"asleep", PCIPEEK_REACH_ASLEEP, Cause::asleep,
			     "D3; granting it takes care of that: pcipeek bind 0000:05:0d.0"},
			Case{"address_lost", PCIPEEK_REACH_ADDRESS_LOST, Cause::address_lost,
			     "as root: pcipeek reload 0000:05:0d.0"}),
	name_of);

// What bind and reload always refuse is not what helps.
class ABridgeItself : public ADeviceThatIsNotGranted {};

TEST_P(ABridgeItself, IsNotToBeBound)
{
	sysfs.write("/sys/devices/0000:05:0d.0/class", "0x060400\n");
	expect_told();
	EXPECT_THAT(told, Not(HasSubstr("pcipeek bind")));
}

INSTANTIATE_TEST_SUITE_P(
	, ABridgeItself,
	testing::Values(Case{"decode_off", PCIPEEK_REACH_DECODE_OFF, Cause::decode_off,
			     "its memory space; as root: pcipeek config 0000:05:0d.0 "
			     "COMMAND=0x2:0x2"},
			Case{"asleep", PCIPEEK_REACH_ASLEEP, Cause::asleep,
			     "D3; as root: pcipeek config 0000:05:0d.0 CAP_PM+4.w=0:0x3"},
			Case{"address_lost", PCIPEEK_REACH_ADDRESS_LOST, Cause::address_lost,
			     "as root: echo 1 > /sys/bus/pci/devices/0000:05:0d.0/remove; echo 1 > "
			     "/sys/bus/pci/rescan"}),
	name_of);

class ADeviceWithADriver : public ADeviceThatIsNotGranted {};

TEST_P(ADeviceWithADriver, IsNotToBeBound)
{
	sysfs.set_driver(test::memory_board().address, "serial");
	expect_told();
	EXPECT_THAT(told, Not(HasSubstr("pcipeek bind")));
}

INSTANTIATE_TEST_SUITE_P(
	, ADeviceWithADriver,
	testing::Values(Case{"decode_off", PCIPEEK_REACH_DECODE_OFF, Cause::decode_off,
			     "its memory space; as root: pcipeek config 0000:05:0d.0 "
			     "COMMAND=0x2:0x2"},
			Case{"address_lost", PCIPEEK_REACH_ADDRESS_LOST, Cause::address_lost,
			     "as root: pcipeek reload --force 0000:05:0d.0"}),
	name_of);

class APhysicalFunctionItself : public ADeviceThatIsNotGranted {};

TEST_P(APhysicalFunctionItself, LosesItsVirtualFunctionsFirst)
{
	sysfs.write("/sys/devices/0000:05:0d.0/sriov_numvfs", "3\n");
	expect_told();
	EXPECT_THAT(told, Not(HasSubstr("pcipeek bind")));
}

INSTANTIATE_TEST_SUITE_P(
	, APhysicalFunctionItself,
	testing::Values(Case{"address_lost", PCIPEEK_REACH_ADDRESS_LOST, Cause::address_lost,
			     "as root: echo 0 > /sys/bus/pci/devices/0000:05:0d.0/sriov_numvfs; "
			     "pcipeek reload 0000:05:0d.0"},
			Case{"asleep", PCIPEEK_REACH_ASLEEP, Cause::asleep,
			     "D3; as root: pcipeek config 0000:05:0d.0 CAP_PM+4.w=0:0x3"}),
	name_of);

// A device that is granted is revoked and granted again; there is nothing to force.
class AGrantedDeviceWithADriver : public TheDeviceItself {};

TEST_P(AGrantedDeviceWithADriver, IsReloadedWithoutForce)
{
	sysfs.set_driver(test::memory_board().address, "pcipeek");
	expect_told();
}

INSTANTIATE_TEST_SUITE_P(
	, AGrantedDeviceWithADriver,
	testing::Values(Case{"address_lost", PCIPEEK_REACH_ADDRESS_LOST, Cause::address_lost,
			     "as root: pcipeek reload 0000:05:0d.0"},
			Case{"decode_off", PCIPEEK_REACH_DECODE_OFF, Cause::decode_off,
			     "revoke it and grant it again: pcipeek unbind 0000:05:0d.0 && "
			     "pcipeek bind 0000:05:0d.0"}),
	name_of);

// In D3cold the registers of the bridge above mean nothing, either.
class ADeviceWithoutPower : public ReachTest {};

TEST_P(ADeviceWithoutPower, IsWhatIsInTheWay)
{
	sysfs.write("/sys/devices/0000:05:0d.0/power_state", "D3cold\n");
	board.info.state = 0;
	expect_told();
	EXPECT_THAT(told, HasSubstr("power/control, or pcipeek bind 0000:05:0d.0"));
	sysfs.set_driver(test::memory_board().address, "serial");
	EXPECT_THAT(find_obstacle(board.device().bar(1))->text, testing::EndsWith("power/control"));
}

INSTANTIATE_TEST_SUITE_P(, ADeviceWithoutPower,
			 testing::Values(Case{"silent", PCIPEEK_REACH_SILENT, Cause::asleep,
					      "it is asleep and without power (D3cold)"},
					 Case{"asleep", PCIPEEK_REACH_ASLEEP, Cause::asleep,
					      "it is asleep and without power (D3cold)"}),
			 name_of);

TEST(ADeviceWithoutPowerThatCanBeReached, HasNothingInTheWay)
{
	FakeSysfs sysfs;
	sysfs.add(test::memory_board());
	sysfs.write("/sys/devices/0000:05:0d.0/power_state", "D3cold\n");
	FakeBoard board{test::memory_board_identity()};
	board.reach = [](pcipeek_bar_info &info) {
		info.reach = PCIPEEK_REACH_OK;
	};
	EXPECT_FALSE(find_obstacle(board.device().bar(1)));
}

class AWayThatIsNotKnown : public testing::Test {
protected:
	AWayThatIsNotKnown()
	{
		board.reach = [](pcipeek_bar_info &info) {
			info.reach = PCIPEEK_REACH_UNKNOWN;
		};
	}

	FakeSysfs sysfs;
	FakeBoard board{test::memory_board_identity()};
};

TEST_F(AWayThatIsNotKnown, IsAResetThatPasses)
{
	const auto refusal = refusal_of([&] { find_obstacle(board.device().bar(1)); });
	EXPECT_EQ(refusal.code().value(), EAGAIN);
	EXPECT_EQ(refusal.cause(), Cause::reset);
}

TEST_F(AWayThatIsNotKnown, IsGoneWithItsAttachment)
{
	board.info.state = PCIPEEK_STATE_ENDED;
	const auto refusal = refusal_of([&] { find_obstacle(board.device().bar(1)); });
	EXPECT_EQ(refusal.code().value(), ENODEV);
	EXPECT_EQ(refusal.cause(), Cause::gone);
}

} // namespace
} // namespace pcipeek
