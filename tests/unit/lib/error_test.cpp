// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "fake_channel.hpp"
#include "fake_sysfs.hpp"
#include "refusal.hpp"

#include <pcipeek/pcipeek.hpp>

#include <gmock/gmock.h>

#include <cerrno>

namespace pcipeek {
namespace {

using test::FakeBoard;
using test::FakeSysfs;
using test::refusal_of;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

// What goes wrong, what it means, and a piece of what people are told.
struct Case {
	const char *name;
	int code;
	Cause cause;
	const char *advice;
	std::uint32_t state = PCIPEEK_STATE_GRANTED | PCIPEEK_STATE_MEMORY_DECODE;
	std::uint8_t power_state = 0;
	std::uint32_t end_reason = 0;
	OpenOptions options = {};
};

void PrintTo(const Case &tested, std::ostream *stream)
{
	*stream << tested.name;
}

std::string name_of(const testing::TestParamInfo<Case> &info)
{
	return info.param.name;
}

class ErrorTest : public testing::TestWithParam<Case> {
protected:
	void SetUp() override
	{
		sysfs.add(test::memory_board());
		sysfs.set_driver(test::memory_board().address, "serial");
		board.info.state = GetParam().state;
		board.info.power_state = GetParam().power_state;
		board.info.end_reason = GetParam().end_reason;
	}

	template <class Call>
	void expect_error(const std::string &start, Call call)
	{
		try {
			call();
			FAIL() << "no Error";
		} catch (const Error &error) {
			EXPECT_EQ(error.code().value(), GetParam().code);
			EXPECT_EQ(error.code().category(), std::generic_category());
			EXPECT_EQ(error.cause(), GetParam().cause);
			EXPECT_EQ(error.address(), test::memory_board().address);
			EXPECT_THAT(error.what(), StartsWith(start + " of 0000:05:0d.0: "));
			EXPECT_THAT(error.what(), HasSubstr(GetParam().advice));
			EXPECT_THAT(error.what(), Not(HasSubstr("\n")));
		}
	}

	FakeSysfs sysfs;
	FakeBoard board{test::memory_board_identity()};
};

class AnErrnoOfAnAccess : public ErrorTest {};

TEST_P(AnErrnoOfAnAccess, BecomesItsCauseAndOneLineThatHelps)
{
	const Bar bar = board.device().bar(1);
	read<std::uint8_t>(bar, 0);
	board.access_error = GetParam().code;
	expect_error("cannot read 32 bits at bar1+0x8", [&] { read<std::uint32_t>(bar, 8); });
}

class AnAccessWithoutPower : public ErrorTest {};

TEST_P(AnAccessWithoutPower, SaysHowToWakeTheDevice)
{
	sysfs.write("/sys/devices/0000:05:0d.0/power_state", "D3cold\n");
	const Bar bar = board.device().bar(1);
	read<std::uint8_t>(bar, 0);
	board.access_error = GetParam().code;
	expect_error("cannot read 32 bits at bar1+0x8", [&] { read<std::uint32_t>(bar, 8); });
}

INSTANTIATE_TEST_SUITE_P(, AnAccessWithoutPower,
			 testing::Values(Case{"foreign", EIO, Cause::asleep,
					      "(D3cold); as root: echo on > "
					      "/sys/bus/pci/devices/0000:05:0d.0/power/control",
					      PCIPEEK_STATE_OFFLINE, 255}),
			 name_of);

INSTANTIATE_TEST_SUITE_P(
	, AnErrnoOfAnAccess,
	testing::Values(Case{"removed", ENODEV, Cause::gone, "the device is gone",
			     PCIPEEK_STATE_ENDED, 255, PCIPEEK_END_REMOVED},
			Case{"taken_back", ENODEV, Cause::gone, "unbound from pcipeek",
			     PCIPEEK_STATE_ENDED, 255, PCIPEEK_END_UNBOUND},
			Case{"driver_came", ENODEV, Cause::gone, "a driver was bound to it",
			     PCIPEEK_STATE_ENDED, 255, PCIPEEK_END_DRIVER_BOUND},
			Case{"moved", ENODEV, Cause::gone, "moved one of its BARs; open it again",
			     PCIPEEK_STATE_ENDED, 255, PCIPEEK_END_MOVED},
			Case{"mapped_in_parts", EBUSY, Cause::driver_bound,
			     "the driver serial maps parts of this BAR with different memory "
			     "types, so nobody else can map it; to take it from the driver, as "
			     "root: pcipeek bind --force 0000:05:0d.0"},
			Case{"reset", EAGAIN, Cause::reset, "try again"},
			Case{"locked_down", EPERM, Cause::lockdown, "Secure Boot"},
			Case{"no_right", EACCES, Cause::no_right, "open it for writing"},
			Case{"no_bar", ENXIO, Cause::no_such_bar, "no such BAR"},
			Case{"width", EOPNOTSUPP, Cause::unsupported, "32-bit accesses"},
			Case{"malformed", EINVAL, Cause::invalid, "malformed"},
			Case{"decode_off", EIO, Cause::decode_off,
			     "does not decode its memory space; revoke "
			     "it and grant it again",
			     PCIPEEK_STATE_GRANTED},
			Case{"decode_off_foreign", EIO, Cause::decode_off,
			     "does not decode its memory space; as root: pcipeek config "
			     "0000:05:0d.0 COMMAND=0x2:0x2",
			     PCIPEEK_STATE_IO_DECODE},
			Case{"asleep", EIO, Cause::asleep, "power state D3; as root: ", 0, 3},
			Case{"offline", EIO, Cause::offline, "does not answer",
			     PCIPEEK_STATE_GRANTED | PCIPEEK_STATE_LIVE | PCIPEEK_STATE_OFFLINE,
			     255},
			Case{"lost", EIO, Cause::offline,
			     "could not recover it from an error on the bus; bind it again: "
			     "pcipeek unbind 0000:05:0d.0 && pcipeek bind 0000:05:0d.0",
			     PCIPEEK_STATE_GRANTED | PCIPEEK_STATE_OFFLINE, 255},
			Case{"recovered", EIO, Cause::offline, "try again"},
			Case{"timed_out", ETIMEDOUT, Cause::timed_out, "timed out"},
			Case{"no_memory", ENOMEM, Cause::other, "Cannot allocate memory"}),
	name_of);

class AnErrnoOfAttaching : public ErrorTest {};

TEST_P(AnErrnoOfAttaching, BecomesItsCauseAndOneLineThatHelps)
{
	board.attach_error = [](const pcipeek_attach &) {
		return GetParam().code;
	};
	const Device device = board.device();
	try {
		device.open(GetParam().options);
		FAIL() << "no Error";
	} catch (const Error &error) {
		EXPECT_EQ(error.code().value(), GetParam().code);
		EXPECT_EQ(error.cause(), GetParam().cause);
		EXPECT_THAT(error.what(), StartsWith("cannot open 0000:05:0d.0: "));
		EXPECT_THAT(error.what(), HasSubstr(GetParam().advice));
	}
}

class ARefusalOfABoundDevice : public ErrorTest {};

class AReaderOfABoundDevice : public testing::Test {
protected:
	AReaderOfABoundDevice()
	{
		sysfs.add(test::memory_board());
	}

	FakeSysfs sysfs;
	FakeBoard board{test::memory_board_identity()};
};

// Lockdown alone refuses it; whether there is one, a container may not see.
TEST_P(ARefusalOfABoundDevice, IsNotCalledALackOfTheGrant)
{
	sysfs.set_driver(test::memory_board().address, "pcipeek");
	board.attach_error = [](const pcipeek_attach &) {
		return GetParam().code;
	};
	const Bar bar = board.device().bar(1);
	expect_error("cannot write 32 bits at bar1+0x8", [&] { write<std::uint32_t>(bar, 8, 1); });
}

// Lockdown allows reading, so it was bound just then.
TEST_F(AReaderOfABoundDevice, IsNotToldOfALockdown)
{
	sysfs.set_driver(test::memory_board().address, "pcipeek");
	sysfs.write("/sys/kernel/security/lockdown", "none [integrity] confidentiality\n");
	board.attach_error = [](const pcipeek_attach &) {
		return EPERM;
	};
	try {
		board.device().open();
		FAIL() << "no Error";
	} catch (const Error &error) {
		EXPECT_EQ(error.cause(), Cause::reset);
	}
}

INSTANTIATE_TEST_SUITE_P(, ARefusalOfABoundDevice,
			 testing::Values(Case{"locked_down", EPERM, Cause::lockdown,
					      "so the kernel is probably locked down"}),
			 name_of);

class ARefusalOfADeviceThatIsNeverBound : public ErrorTest {};

TEST_P(ARefusalOfADeviceThatIsNeverBound, AdvisesNobodyToBindIt)
{
	const std::string directory = "/sys/devices/0000:05:0d.0/";
	if (GetParam().state)
		sysfs.set_driver(test::memory_board().address, std::nullopt);
	if (GetParam().name == std::string{"virtual_functions"})
		sysfs.write(directory + "sriov_numvfs", "3\n");
	else if (GetParam().name == std::string{"no_bar"})
		sysfs.write(directory + "resource", "0x0 0x0 0x0\n");
	else if (GetParam().name == std::string{"iommu"})
		sysfs.write(directory + "class", "0x080600\n");
	else
		sysfs.write(directory + "class", "0x060400\n");
	board.attach_error = [](const pcipeek_attach &) {
		return GetParam().code;
	};
	const Device device = board.device();
	const auto open = [&] {
		device.open(GetParam().options);
	};
	try {
		open();
		FAIL() << "no Error";
	} catch (const Error &error) {
		EXPECT_EQ(error.cause(), GetParam().cause);
		EXPECT_THAT(error.what(), HasSubstr(GetParam().advice));
		EXPECT_THAT(error.what(), Not(HasSubstr("pcipeek bind")));
	}
}

INSTANTIATE_TEST_SUITE_P(
	, ARefusalOfADeviceThatIsNeverBound,
	testing::Values(Case{"bridge", EPERM, Cause::not_granted, "it is a bridge"},
			Case{"iommu", EPERM, Cause::not_granted, "it is an IOMMU"},
			Case{"no_bar", EPERM, Cause::not_granted, "it has no BAR"},
			Case{"virtual_functions", EPERM, Cause::not_granted,
			     "3 of its virtual functions are enabled"},
			Case{.name = "bridge_foreign",
			     .code = EPERM,
			     .cause = Cause::needs_rawio,
			     .advice = "only root can use it",
			     .options = {.foreign = true}},
			Case{.name = "bridge_with_driver",
			     .code = EBUSY,
			     .cause = Cause::driver_bound,
			     .advice = "the driver serial has it; to use it beside the driver, "
				       "open it as foreign (--foreign), as root",
			     .state = 0}),
	name_of);

INSTANTIATE_TEST_SUITE_P(
	, AnErrnoOfAttaching,
	testing::Values(Case{"not_granted", EPERM, Cause::not_granted, "pcipeek bind 0000:05:0d.0"},
			Case{.name = "needs_rawio",
			     .code = EPERM,
			     .cause = Cause::needs_rawio,
			     .advice = "CAP_SYS_RAWIO",
			     .options = {.foreign = true}},
			Case{"driver_bound", EBUSY, Cause::driver_bound,
			     "the driver serial has it"},
			Case{"exclusive", EUSERS, Cause::exclusive, "exclusive access"},
			Case{.name = "not_alone",
			     .code = EUSERS,
			     .cause = Cause::exclusive,
			     .advice = "other programs have it open",
			     .options = {.write = true, .exclusive = true}},
			Case{.name = "foreign_but_granted",
			     .code = EINVAL,
			     .cause = Cause::invalid,
			     .advice = "open it without foreign",
			     .options = {.foreign = true}},
			Case{.name = "exclusive_without_write",
			     .code = EINVAL,
			     .cause = Cause::invalid,
			     .advice = "exclusive access needs write",
			     .options = {.exclusive = true}},
			Case{.name = "exclusive_and_foreign",
			     .code = EINVAL,
			     .cause = Cause::invalid,
			     .advice = "cannot be combined with foreign",
			     .options = {.write = true, .foreign = true, .exclusive = true}},
			Case{.name = "bus_master_without_write",
			     .code = EINVAL,
			     .cause = Cause::invalid,
			     .advice = "bus mastering needs write",
			     .options = {.bus_master = true}},
			Case{.name = "bus_master_and_foreign",
			     .code = EINVAL,
			     .cause = Cause::invalid,
			     .advice = "cannot be combined with foreign",
			     .options = {.write = true, .foreign = true, .bus_master = true}},
			Case{.name = "mapped_and_foreign",
			     .code = EINVAL,
			     .cause = Cause::invalid,
			     .advice = "foreign cannot be combined with map",
			     .options = {.foreign = true, .map = true}},
			Case{.name = "malformed",
			     .code = EINVAL,
			     .cause = Cause::invalid,
			     .advice = "malformed",
			     .options = {.map = true}},
			Case{"somebody_is_exclusive", EUSERS, Cause::exclusive,
			     "another program has exclusive access to it"},
			Case{"node", EACCES, Cause::no_right, "its node was not opened for that"},
			Case{"gone", ENODEV, Cause::gone, "gone"},
			Case{"reset", EAGAIN, Cause::reset, "try again"}),
	name_of);

// The module says EPERM of all that lockdown refuses, and that comes first.
TEST(AGrantedDevice, ThatIsRefusedAsAForeignOneIsToBeOpenedWithoutThat)
{
	FakeSysfs sysfs;
	sysfs.add(test::memory_board());
	sysfs.set_driver(test::memory_board().address, "pcipeek");
	FakeBoard board{test::memory_board_identity()};
	board.attach_error = [](const pcipeek_attach &) {
		return EPERM;
	};
	const Error error = refusal_of([&] { board.device().open({.foreign = true}); });
	EXPECT_EQ(error.cause(), Cause::invalid);
	EXPECT_THAT(error.what(), HasSubstr("open it without foreign"));
}

TEST(AGrantedDevice, WhoseBusMasteringIsRefusedNeedsCapSysRawio)
{
	FakeSysfs sysfs;
	sysfs.add(test::memory_board());
	sysfs.set_driver(test::memory_board().address, "pcipeek");
	FakeBoard board{test::memory_board_identity()};
	board.attach_error = [](const pcipeek_attach &) {
		return EPERM;
	};
	const Error error =
		refusal_of([&] { board.device().open({.write = true, .bus_master = true}); });
	EXPECT_EQ(error.cause(), Cause::needs_rawio);
	EXPECT_THAT(error.what(), HasSubstr("bus mastering needs CAP_SYS_RAWIO"));
	EXPECT_THAT(error.what(), HasSubstr("pcipeek exec 0000:05:0d.0 --bus-master -- PROGRAM"));
}

// The Error of a read of 32 bits, which the module answers with this errno.
Error refusal_of_read(FakeBoard &board, const Bar &bar, std::uint64_t offset, int code)
{
	read<std::uint8_t>(bar, 0);
	board.access_error = code;
	return refusal_of([&] { read<std::uint32_t>(bar, offset); });
}

TEST(ABarThatIsMappedInParts, IsSomebodysEvenIfNobodyKnowsWhose)
{
	FakeSysfs sysfs;
	sysfs.add(test::memory_board());
	FakeBoard board{test::memory_board_identity()};
	const Error error = refusal_of_read(board, board.device().bar(1), 8, EBUSY);
	EXPECT_THAT(error.what(), HasSubstr("another driver maps parts of this BAR"));
	EXPECT_EQ(error.bar(), 1u);
	EXPECT_EQ(error.offset(), 8u);
}

TEST(ATooWideAccess, NamesTheKindOfBar)
{
	FakeSysfs sysfs;
	FakeBoard ports{test::io_board_identity()};
	FakeBoard memory{test::memory_board_identity()};
	EXPECT_THAT(refusal_of_read(ports, ports.device().bar(0), 0, EOPNOTSUPP).what(),
		    HasSubstr("an I/O BAR does not support"));
	EXPECT_THAT(refusal_of_read(memory, memory.device().bar(0), 0, EOPNOTSUPP).what(),
		    HasSubstr("this BAR or CPU does not support"));
}

class AnErrnoOfTheNode : public ErrorTest {};

TEST_P(AnErrnoOfTheNode, BecomesItsCauseAndOneLineThatHelps)
{
	board.node_error = GetParam().code;
	const Bar bar = board.device().bar(0);
	expect_error("cannot write 8 bits at bar0+0x2", [&] { write(bar, 2, std::uint8_t{1}); });
}

INSTANTIATE_TEST_SUITE_P(
	, AnErrnoOfTheNode,
	testing::Values(Case{"missing", ENOENT, Cause::no_module, "modprobe pcipeek"},
			Case{"stale", ENXIO, Cause::no_module, "modprobe pcipeek"},
			Case{"no_group", EACCES, Cause::no_node_access,
			     "usermod -aG pcipeek USER; then log in again"},
			Case{"too_many_files", EMFILE, Cause::other, "Too many open files"}),
	name_of);

class ANodeThatIsMissing : public ErrorTest {};

TEST_P(ANodeThatIsMissing, IsNotTheModulesAbsenceIfItIsLoaded)
{
	sysfs.write("/sys/class/misc/pcipeek/dev", "10:120\n");
	board.node_error = GetParam().code;
	const Bar bar = board.device().bar(0);
	expect_error("cannot write 8 bits at bar0+0x2", [&] { write(bar, 2, std::uint8_t{1}); });
}

constexpr const char *make_node = "the module is loaded, but /dev/pcipeek is not its node; a "
				  "container needs --device /dev/pcipeek; elsewhere, as root: rm "
				  "-f /dev/pcipeek && mknod -m 660 /dev/pcipeek c 10 120 && chgrp "
				  "pcipeek /dev/pcipeek";

INSTANTIATE_TEST_SUITE_P(, ANodeThatIsMissing,
			 testing::Values(Case{"missing", ENOENT, Cause::no_node, make_node},
					 Case{"stale", ENODEV, Cause::no_node, make_node}),
			 name_of);

TEST(AnError, KeepsItsTextInCopies)
{
	std::optional<Error> copy;
	{
		const Error error{{.code = EIO, .cause = Cause::asleep, .text = "zzz", .bar = 3}};
		copy.emplace(error);
	}
	EXPECT_STREQ(copy->what(), "zzz");
	EXPECT_EQ(copy->bar(), 3u);
	EXPECT_EQ(copy->offset(), std::nullopt);
	EXPECT_EQ(copy->code(), std::errc::io_error);
}

} // namespace
} // namespace pcipeek
