// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "fake_channel.hpp"
#include "fake_sysfs.hpp"

#include <pcipeek/pcipeek.hpp>

#include <gmock/gmock.h>

#include <cerrno>

namespace pcipeek {
namespace {

using test::FakeBoard;
using test::FakeSysfs;
using testing::ElementsAre;
using testing::IsEmpty;

class Opening : public testing::Test {
protected:
	void SetUp() override
	{
		sysfs.add(test::memory_board());
	}

	// As the kernel does with a device that was not granted.
	void not_granted(bool may_be_foreign)
	{
		board.attach_error = [may_be_foreign](const pcipeek_attach &attach) {
			return may_be_foreign && (attach.flags & PCIPEEK_ATTACH_FOREIGN) ? 0
											 : EPERM;
		};
	}

	template <class Call>
	Cause cause_of(Call call)
	{
		try {
			call();
		} catch (const Error &error) {
			return error.cause();
		}
		ADD_FAILURE() << "no Error";
		return Cause::other;
	}

	FakeSysfs sysfs;
	FakeBoard board{test::memory_board_identity()};
	Device device = board.device();
	Bar bar = device.bar(0);
};

TEST_F(Opening, HappensReadOnlyAtTheFirstReadAndOnceMoreAtTheFirstWrite)
{
	read<std::uint8_t>(bar, 0);
	read<std::uint8_t>(bar, 1);
	EXPECT_THAT(board.openings(), ElementsAre("read-only granted"));

	write(bar, 0, std::uint8_t{1});
	write(bar, 1, std::uint8_t{1});
	read<std::uint8_t>(bar, 0);
	EXPECT_THAT(board.openings(), ElementsAre("read-only granted", "read-write granted"));
}

TEST_F(Opening, ForAWriteServesReadsToo)
{
	write(bar, 0, std::uint8_t{1});
	read<std::uint8_t>(bar, 0);
	EXPECT_THAT(board.openings(), ElementsAre("read-write granted"));
}

TEST_F(Opening, OutLoudIsNeverWidened)
{
	device.open();
	EXPECT_EQ(cause_of([&] { write(bar, 0, std::uint8_t{1}); }), Cause::no_right);
	EXPECT_THAT(board.openings(), ElementsAre("read-only granted"));
	EXPECT_THAT(board.accesses(), IsEmpty());
}

TEST_F(Opening, OutLoudAsksForWhatItWasToldTo)
{
	device.open({.write = true, .exclusive = true});
	write(bar, 0, std::uint8_t{1});
	EXPECT_THAT(board.openings(), ElementsAre("read-write granted exclusive"));
}

TEST_F(Opening, AsksForBusMasteringOnlyWhenItIsTold)
{
	device.open({.write = true, .bus_master = true});
	write(bar, 0, std::uint8_t{1});
	EXPECT_THAT(board.openings(), ElementsAre("read-write granted bus-master"));
}

TEST_F(Opening, ReachesADeviceInAnotherDomain)
{
	detail::Identity identity = test::memory_board_identity();
	identity.address = {.domain = 0x10000, .bus = 0xe1, .device = 0x1f, .function = 7};
	FakeBoard far{identity};
	EXPECT_EQ(read<std::uint8_t>(far.device().bar(0), 7), 7);
}

TEST_F(Opening, OutLoudMaySayForeign)
{
	device.open({.foreign = true});
	EXPECT_THAT(board.openings(), ElementsAre("read-only foreign"));
}

TEST_F(Opening, OutLoudDoesNotShareByItself)
{
	not_granted(true);
	EXPECT_EQ(cause_of([&] { device.open({.write = true}); }), Cause::not_granted);
	EXPECT_FALSE(device.is_open());
}

TEST_F(Opening, OfAnOpenDeviceIsAnError)
{
	read<std::uint8_t>(bar, 0);
	EXPECT_EQ(cause_of([&] { device.open({.write = true}); }), Cause::already_open);
}

TEST_F(Opening, ThatFailedCanBeTriedAgain)
{
	board.node_error = ENOENT;
	EXPECT_EQ(cause_of([&] { read<std::uint8_t>(bar, 0); }), Cause::no_module);
	EXPECT_FALSE(device.is_open());

	board.node_error = 0;
	EXPECT_EQ(read<std::uint8_t>(bar, 3), 3);
}

TEST_F(Opening, UsesAsForeignByItselfWhereThereIsNoDriverAndTheCallerMay)
{
	not_granted(true);
	read<std::uint8_t>(bar, 0);
	write(bar, 0, std::uint8_t{1});
	EXPECT_THAT(board.openings(), ElementsAre("read-only foreign", "read-write foreign"));
}

TEST_F(Opening, UsesNothingAsForeignByItselfBesideADriver)
{
	not_granted(true);
	sysfs.set_driver(device.address(), "serial");
	EXPECT_EQ(cause_of([&] { read<std::uint8_t>(bar, 0); }), Cause::not_granted);

	board.attach_error = [](const pcipeek_attach &attach) {
		return attach.flags & PCIPEEK_ATTACH_FOREIGN ? 0 : EBUSY;
	};
	EXPECT_EQ(cause_of([&] { read<std::uint8_t>(bar, 0); }), Cause::driver_bound);
	EXPECT_THAT(board.openings(), IsEmpty());
}

TEST_F(Opening, GivesAForeignAttachmentUpAgainIfADriverCameInBetween)
{
	not_granted(true);
	board.info.state = PCIPEEK_STATE_DRIVER | PCIPEEK_STATE_LIVE;
	EXPECT_EQ(cause_of([&] { read<std::uint8_t>(bar, 0); }), Cause::driver_bound);
	EXPECT_FALSE(device.is_open());
	EXPECT_THAT(board.accesses(), IsEmpty());
}

TEST_F(Opening, ByAUserWhoMayNotShareTellsHowToBeGrantedTheDevice)
{
	not_granted(false);
	try {
		read<std::uint32_t>(bar, 4);
		FAIL();
	} catch (const Error &error) {
		EXPECT_EQ(error.cause(), Cause::not_granted);
		EXPECT_STREQ(
			error.what(),
			"cannot read 32 bits at bar0+0x4 of 0000:05:0d.0: it is not granted to "
			"pcipeek; as root: pcipeek bind 0000:05:0d.0");
	}
}

TEST_F(Opening, OfALockedDownKernelIsForReadingOnly)
{
	not_granted(true);
	sysfs.write("/sys/kernel/security/lockdown", "none [integrity] confidentiality\n");
	EXPECT_EQ(cause_of([&] { write<std::uint8_t>(bar, 0, 1); }), Cause::lockdown);
	EXPECT_EQ(cause_of([&] { bar.device().open({.write = true}); }), Cause::lockdown);
	EXPECT_EQ(read<std::uint8_t>(bar, 5), 5);
}

TEST_F(Opening, NoticesAnotherDeviceAtTheAddress)
{
	for (auto id :
	     {&pcipeek_device_info::vendor_id, &pcipeek_device_info::device_id,
	      &pcipeek_device_info::subsystem_vendor_id, &pcipeek_device_info::subsystem_id}) {
		board.info.*id ^= 1;
		EXPECT_EQ(cause_of([&] { read<std::uint8_t>(bar, 0); }), Cause::gone);
		EXPECT_FALSE(device.is_open());
		board.info.*id ^= 1;
	}
	EXPECT_EQ(read<std::uint8_t>(bar, 7), 7);
}

TEST_F(Opening, OutLoudNoticesAnotherDeviceAtTheAddress)
{
	board.info.device_id ^= 1;
	EXPECT_EQ(cause_of([&] { device.open(); }), Cause::gone);
	EXPECT_FALSE(device.is_open());
}

TEST_F(Opening, UsesNothingAsForeignByItselfForAnotherReasonThanTheGrant)
{
	board.attach_error = [](const pcipeek_attach &attach) {
		return attach.flags & PCIPEEK_ATTACH_FOREIGN ? 0 : ENOMEM;
	};
	EXPECT_THROW(read<std::uint8_t>(bar, 0), Error);
	EXPECT_THAT(board.openings(), IsEmpty());
}

TEST_F(Opening, PassesOnWhatElseKeepsItFromAForeignAttachment)
{
	board.attach_error = [](const pcipeek_attach &attach) {
		return attach.flags & PCIPEEK_ATTACH_FOREIGN ? ENODEV : EPERM;
	};
	try {
		read<std::uint8_t>(bar, 0);
		FAIL();
	} catch (const Error &error) {
		EXPECT_EQ(error.code(), std::errc::no_such_device);
		EXPECT_NE(error.cause(), Cause::not_granted);
	}
}

TEST_F(Opening, FailsIfTheAttachmentCannotTellWhatItIs)
{
	board.info_error = EIO;
	try {
		read<std::uint8_t>(bar, 0);
		FAIL();
	} catch (const Error &error) {
		EXPECT_EQ(error.code(), std::errc::io_error);
	}
	EXPECT_THAT(board.accesses(), IsEmpty());
}

TEST_F(Opening, ForTheFirstWriteNoticesThatTheDeviceWasReplacedByItsTwin)
{
	read<std::uint8_t>(bar, 0);
	board.info.state |= PCIPEEK_STATE_ENDED;
	board.info.end_reason = PCIPEEK_END_REMOVED;
	EXPECT_EQ(cause_of([&] { write(bar, 0, std::uint8_t{1}); }), Cause::gone);
	EXPECT_THAT(board.openings(), ElementsAre("read-only granted"));
}

TEST_F(Opening, RefusesAModuleOfAnotherContract)
{
	board.abi_major = PCIPEEK_ABI_MAJOR + 1;
	EXPECT_EQ(cause_of([&] { device.open(); }), Cause::wrong_module);
	EXPECT_FALSE(device.is_open());
}

TEST_F(Opening, RefusesANodeThatIsNotTheModules)
{
	for (const int error : {ENOTTY, EINVAL, E2BIG}) {
		board.version_error = error;
		EXPECT_EQ(cause_of([&] { device.open(); }), Cause::wrong_module) << error;
		EXPECT_FALSE(device.is_open());
	}
}

} // namespace
} // namespace pcipeek
