// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "device/restriction.hpp"
#include "errors/attempt.hpp"
#include "fake_channel.hpp"
#include "refusal.hpp"

#include <pcipeek/pcipeek.hpp>

#include <gmock/gmock.h>

#include <cerrno>
#include <fcntl.h>
#include <memory>

namespace pcipeek {
namespace {

using test::FakeBoard;
using test::refusal_of;
using testing::ElementsAre;
using testing::IsEmpty;

class Restricting : public testing::Test {
protected:
	Cause cause_of_writing(unsigned bar = 0)
	{
		return refusal_of([&] { write(device.bar(bar), 0, std::uint8_t{1}); }).cause();
	}

	Cause cause_of_restricting(const Restriction &restriction)
	{
		return refusal_of([&] { device.drop_rights(restriction); }).cause();
	}

	FakeBoard board{test::memory_board_identity()};
	Device device = board.device();
};

TEST_F(Restricting, TakesWritingAway)
{
	device.open({.write = true});
	device.drop_rights({});
	EXPECT_EQ(cause_of_writing(), Cause::no_right);
	EXPECT_EQ(read<std::uint8_t>(device.bar(1), 5), 5);
	EXPECT_THAT(board.openings(), ElementsAre("read-write granted"));
}

TEST_F(Restricting, LeavesTheBarsThatItNames)
{
	device.open({.write = true});
	device.drop_rights({.write = true, .bars = {0, 2}});
	write(device.bar(0), 0, std::uint8_t{1});
	EXPECT_EQ(read<std::uint8_t>(device.bar(2), 1), 1);
	const Error error = refusal_of([&] { read<std::uint8_t>(device.bar(1), 0); });
	EXPECT_EQ(error.cause(), Cause::no_right);
	EXPECT_THAT(error.what(), testing::EndsWith("the right to this BAR was dropped"));
}

TEST_F(Restricting, HoldsForAllHandles)
{
	const Bar bar = device.bar(0);
	const Device copy = device;
	device.open({.write = true});
	copy.drop_rights({});
	EXPECT_THROW(write(bar, 0, std::uint8_t{1}), Error);
	EXPECT_EQ(device.state().rights, PCIPEEK_RIGHT_ALL_BARS);
}

TEST_F(Restricting, OpensWithTheRightsThatStay)
{
	device.drop_rights({.write = true, .bars = {1}});
	EXPECT_EQ(device.state().rights, PCIPEEK_RIGHT_WRITE | PCIPEEK_RIGHT_BAR(1));
	EXPECT_EQ(cause_of_writing(0), Cause::no_right);
	EXPECT_THAT(board.openings(), ElementsAre("read-write granted"));
}

TEST_F(Restricting, KeepsAnythingFromBeingOpenedByItself)
{
	read<std::uint8_t>(device.bar(0), 0);
	device.drop_rights({});
	EXPECT_EQ(cause_of_writing(), Cause::no_right);
	EXPECT_THAT(board.openings(), ElementsAre("read-only granted"));
}

TEST_F(Restricting, ReachesTheFilesForReadingAndForWriting)
{
	const Bar bar0 = device.bar(0);
	read<std::uint8_t>(bar0, 0);
	write(bar0, 0, std::uint8_t{1});
	device.drop_rights({.write = true, .bars = {0}});
	write(bar0, 0, std::uint8_t{2});
	EXPECT_THROW(read<std::uint8_t>(device.bar(1), 0), Error);
	EXPECT_EQ(cause_of_writing(1), Cause::no_right);
}

TEST_F(Restricting, GivesNothingBack)
{
	device.open({.write = true});
	device.drop_rights({.bars = {0}});
	EXPECT_EQ(cause_of_restricting({.write = true}), Cause::no_right);
	EXPECT_EQ(cause_of_restricting({.map = true}), Cause::no_right);
	EXPECT_EQ(cause_of_restricting({.bars = {0, 1}}), Cause::no_right);
	EXPECT_EQ(device.state().rights, PCIPEEK_RIGHT_BAR(0));
	device.drop_rights({});
	EXPECT_EQ(device.state().rights, PCIPEEK_RIGHT_BAR(0)) << "no BAR named: those it has";
}

TEST_F(Restricting, GivesNoOtherBarInPlaceOfAnother)
{
	device.open();
	device.drop_rights({.bars = {1}});
	EXPECT_EQ(cause_of_restricting({.bars = {0}}), Cause::no_right);
	EXPECT_EQ(device.state().rights, PCIPEEK_RIGHT_BAR(1));
}

TEST_F(Restricting, PassesOnWhatTheModuleSays)
{
	device.open();
	board.restrict_error = ENODEV;
	EXPECT_EQ(refusal_of([&] { device.drop_rights({}); }).code(), std::errc::no_such_device);
}

TEST_F(Restricting, ToABarThatCannotBeIsRefused)
{
	EXPECT_EQ(cause_of_restricting({.bars = {6}}), Cause::invalid);
	EXPECT_THAT(board.openings(), IsEmpty());
}

TEST_F(Restricting, OfARightThatAMappingWasMadeWithIsRefused)
{
	device.open({.write = true});
	board.restrict_error = EBUSY;
	const Error error = refusal_of([&] { device.drop_rights({}); });
	EXPECT_EQ(error.code(), std::errc::device_or_resource_busy);
	EXPECT_STREQ(error.what(), "cannot drop rights to 0000:05:0d.0: a mapping was made with "
				   "what is to go");
}

// What was inherited or adopted has the rights that it has.
class AnAttachmentOfAnother : public testing::Test {
protected:
	AnAttachmentOfAnother()
	{
		pcipeek_attach attach{};
		attach.size = sizeof(attach);
		attach.bus = 0x05;
		attach.devfn = 0x0d << 3;
		attach.rights = PCIPEEK_RIGHT_ALL_BARS;
		EXPECT_EQ(channel->call(PCIPEEK_IOC_ATTACH, &attach), 0);
		all = attach;
		all.rights |= PCIPEEK_RIGHT_WRITE | PCIPEEK_RIGHT_MMAP;
	}

	bool serves(const OpenOptions &options)
	{
		const detail::Attempt attempt{"open", test::memory_board_identity().address};
		try {
			detail::check_rights(*channel, options, attempt);
		} catch (const Error &error) {
			EXPECT_EQ(error.cause(), Cause::no_right);
			EXPECT_EQ(error.code().value(), EACCES);
			return false;
		}
		return true;
	}

	FakeBoard board{test::memory_board_identity()};
	std::unique_ptr<detail::Channel> channel =
		board.factory()(detail::common_node, O_RDWR).channel;
	pcipeek_attach all{};
};

TEST_F(AnAttachmentOfAnother, ServesOnlyWhatItHasTheRightsFor)
{
	EXPECT_TRUE(serves({}));
	EXPECT_FALSE(serves({.write = true}));
	EXPECT_FALSE(serves({.map = true}));
	EXPECT_FALSE(serves({.exclusive = true}));
	EXPECT_FALSE(serves({.bus_master = true}));
}

TEST_F(AnAttachmentOfAnother, ServesAllThatItHasTheRightsFor)
{
	ASSERT_EQ(channel->call(PCIPEEK_IOC_ATTACH, &all), 0);
	EXPECT_TRUE(serves({.write = true}));
	EXPECT_TRUE(serves({.write = true, .map = true}));
	EXPECT_FALSE(serves({.write = true, .exclusive = true}));
	board.info.state |= PCIPEEK_STATE_EXCLUSIVE;
	EXPECT_TRUE(serves({.write = true, .exclusive = true}));
	board.info.state |= PCIPEEK_STATE_BUS_MASTER | PCIPEEK_STATE_BUS_MASTER_REQUESTED;
	EXPECT_FALSE(serves({.write = true, .bus_master = true})) << "another file asked";
	board.info.state |= PCIPEEK_STATE_BUS_MASTER_HELD;
	EXPECT_TRUE(serves({.write = true, .bus_master = true}));
}

} // namespace
} // namespace pcipeek
