// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
//
// Which of the two nodes that lead to a device is opened, and with which rights.
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
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr const char *own = "/dev/pcipeek-0000-05-0d.0";
constexpr const char *own_read_only = "/dev/pcipeek-0000-05-0d.0 read-only";
constexpr const char *common = "/dev/pcipeek";
constexpr const char *common_read_only = "/dev/pcipeek read-only";

class Nodes : public testing::Test {
protected:
	void SetUp() override
	{
		sysfs.add(test::memory_board());
	}

	std::uint64_t rights_of(const OpenOptions &options)
	{
		const Device opened = board.device();
		opened.open(options);
		return opened.state().rights;
	}

	FakeSysfs sysfs;
	FakeBoard board{test::memory_board_identity()};
	Device device = board.device();
	Bar bar = device.bar(0);
};

using ADevicesOwnNode = Nodes;

TEST_F(ADevicesOwnNode, IsPreferred)
{
	EXPECT_EQ(read<std::uint8_t>(bar, 3), 3);
	write(bar, 0, std::uint8_t{1});
	EXPECT_THAT(board.opened_nodes, ElementsAre(own_read_only, own));
	EXPECT_THAT(board.openings(), ElementsAre("read-only granted", "read-write granted"));
}

TEST_F(ADevicesOwnNode, IsPreferredWhenOpenedOutLoud)
{
	device.open({.write = true});
	EXPECT_THAT(board.opened_nodes, ElementsAre(own));
}

TEST_F(ADevicesOwnNode, IsOpenedExclusivelyWhenThatIsAskedFor)
{
	device.open({.write = true, .exclusive = true});
	EXPECT_THAT(board.opened_nodes, ElementsAre("/dev/pcipeek-0000-05-0d.0 exclusive"));
	EXPECT_THAT(board.openings(), ElementsAre("read-write granted exclusive"));
}

TEST_F(ADevicesOwnNode, HasFiveDigitsOfALargeDomain)
{
	detail::Identity identity = test::memory_board_identity();
	identity.address = {.domain = 0x10000, .bus = 0xe1, .device = 0x1f, .function = 7};
	FakeBoard far{identity};
	far.device().open();
	EXPECT_THAT(far.opened_nodes, ElementsAre("/dev/pcipeek-10000-e1-1f.7 read-only"));
}

TEST_F(ADevicesOwnNode, GivesTheRightsThatWereAskedForAndNoOthers)
{
	const std::uint64_t bars = PCIPEEK_RIGHT_ALL_BARS;
	EXPECT_EQ(rights_of({}), bars);
	EXPECT_EQ(rights_of({.write = true}), bars | PCIPEEK_RIGHT_WRITE);
	EXPECT_EQ(rights_of({.map = true}), bars | PCIPEEK_RIGHT_MMAP);
	EXPECT_EQ(rights_of({.write = true, .map = true}),
		  bars | PCIPEEK_RIGHT_WRITE | PCIPEEK_RIGHT_MMAP);
}

TEST_F(ADevicesOwnNode, OpenedByItselfGivesNoRightToMap)
{
	EXPECT_EQ(device.state().rights, PCIPEEK_RIGHT_ALL_BARS);
}

TEST_F(ADevicesOwnNode, CanBeRestrictedToABar)
{
	device.drop_rights({.write = true, .bars = {1}});
	EXPECT_THAT(board.opened_nodes, ElementsAre(own));
	EXPECT_EQ(device.state().rights, PCIPEEK_RIGHT_WRITE | PCIPEEK_RIGHT_BAR(1));
}

// As many as there are for the common node: VERSION, ATTACH, DEVICE_INFO. Here the last is
// RESTRICT.
TEST_F(ADevicesOwnNode, TakesNoMoreCallsThanTheCommonNode)
{
	device.open({.write = true});
	EXPECT_EQ(board.calls(), 3u);
	board.own_node_error = ENOENT;
	board.device().open({.write = true});
	EXPECT_EQ(board.calls(), 3u + 3u);
}

TEST_F(ADevicesOwnNode, NeedsNoRestrictionForAMapping)
{
	device.open({.write = true, .map = true});
	EXPECT_EQ(board.calls(), 2u);
}

TEST_F(ADevicesOwnNode, ThatCannotBeRestrictedIsNotUsed)
{
	board.restrict_error = ENOTTY;
	EXPECT_EQ(refusal_of([&] { device.open(); }).code().value(), ENOTTY);
	EXPECT_FALSE(device.is_open());
}

TEST_F(ADevicesOwnNode, OfAnotherContractIsRefusedByItsName)
{
	board.abi_major = PCIPEEK_ABI_MAJOR + 1;
	const Error error = refusal_of([&] { read<std::uint8_t>(bar, 0); });
	EXPECT_EQ(error.cause(), Cause::wrong_module);
	EXPECT_THAT(error.what(), HasSubstr("/dev/pcipeek-0000-05-0d.0 belongs to another module"));
	EXPECT_THAT(board.opened_nodes, ElementsAre(own_read_only));
	EXPECT_THAT(board.accesses(), IsEmpty());
}

// A container may have kept a node of before the module was reloaded.
TEST_F(ADevicesOwnNode, ThatLeadsToAnotherBoardOfTheKindIsRefused)
{
	sysfs.write("/sys/class/pcipeek/pcipeek-0000-05-0d.0/dev", "510:3\n");
	board.info.devfn = 0x70;
	const Error error = refusal_of([&] { read<std::uint8_t>(bar, 0); });
	EXPECT_EQ(error.code().value(), ENODEV);
	EXPECT_EQ(error.cause(), Cause::no_node);
	EXPECT_THAT(error.what(), HasSubstr("/dev/pcipeek-0000-05-0d.0 leads to 0000:05:0e.0; a "
					    "container needs --device /dev/pcipeek-0000-05-0d.0; "
					    "elsewhere, as root: rm -f /dev/pcipeek-0000-05-0d.0 "
					    "&& mknod -m 660 /dev/pcipeek-0000-05-0d.0 c 510 3"));
	EXPECT_THAT(board.accesses(), IsEmpty());
}

TEST_F(ADevicesOwnNode, LetsAReaderInUnderLockdown)
{
	board.is_locked_down = true;
	EXPECT_EQ(read<std::uint8_t>(bar, 5), 5);
	EXPECT_THAT(board.opened_nodes, ElementsAre(own_read_only));
	sysfs.write("/sys/kernel/security/lockdown", "none [integrity] confidentiality\n");
	const Device mapped = board.device();
	EXPECT_EQ(refusal_of([&] { mapped.open({.map = true}); }).cause(), Cause::lockdown);
	EXPECT_EQ(refusal_of([&] { write(bar, 0, std::uint8_t{1}); }).cause(), Cause::lockdown);
	EXPECT_THAT(board.accesses(), ElementsAre("read bar0+0x5 8"));
}

class AnErrnoOfTheOwnNode : public Nodes, public testing::WithParamInterface<int> {};

using AnErrnoThatLeavesTheCommonNode = AnErrnoOfTheOwnNode;

TEST_P(AnErrnoThatLeavesTheCommonNode, IsNoneOfTheUsersConcern)
{
	board.own_node_error = GetParam();
	EXPECT_EQ(read<std::uint8_t>(bar, 7), 7);
	write(bar, 0, std::uint8_t{1});
	EXPECT_THAT(board.opened_nodes, ElementsAre(own_read_only, common_read_only, own, common));
}

TEST_P(AnErrnoThatLeavesTheCommonNode, KeepsTheOptions)
{
	board.own_node_error = GetParam();
	device.open({.write = true, .exclusive = true});
	EXPECT_THAT(board.openings(), ElementsAre("read-write granted exclusive"));
	EXPECT_EQ(device.state().rights, PCIPEEK_RIGHT_ALL_BARS | PCIPEEK_RIGHT_WRITE);
}

INSTANTIATE_TEST_SUITE_P(, AnErrnoThatLeavesTheCommonNode,
			 testing::Values(ENOENT, ENXIO, ENODEV, EACCES, EPERM));

using AnErrnoThatEndsIt = AnErrnoOfTheOwnNode;

TEST_P(AnErrnoThatEndsIt, IsTheErrorAndNothingElseIsOpened)
{
	board.own_node_error = GetParam();
	EXPECT_EQ(refusal_of([&] { read<std::uint8_t>(bar, 7); }).code().value(), GetParam());
	EXPECT_THAT(board.opened_nodes, ElementsAre(own_read_only));
}

INSTANTIATE_TEST_SUITE_P(, AnErrnoThatEndsIt,
			 testing::Values(EUSERS, EAGAIN, EINVAL, EMFILE, ENOMEM));

TEST_F(ADevicesOwnNode, TellsTheCauseAsAttachDoes)
{
	board.own_node_error = EUSERS;
	EXPECT_EQ(refusal_of([&] { device.open(); }).cause(), Cause::exclusive);
	board.own_node_error = EAGAIN;
	EXPECT_EQ(refusal_of([&] { device.open(); }).cause(), Cause::reset);
}

TEST_F(ADevicesOwnNode, DoesNotMakeAReaderExclusive)
{
	const Error error = refusal_of([&] { device.open({.exclusive = true}); });
	EXPECT_EQ(error.cause(), Cause::invalid);
	EXPECT_THAT(error.what(), HasSubstr("exclusive access needs write"));
}

using TheCommonNode = Nodes;

TEST_F(TheCommonNode, IsTheOneForForeignUse)
{
	device.open({.write = true, .foreign = true});
	EXPECT_THAT(board.opened_nodes, ElementsAre(common));
	EXPECT_THAT(board.openings(), ElementsAre("read-write foreign"));
}

TEST_F(TheCommonNode, IsTheOneForBusMastering)
{
	device.open({.write = true, .bus_master = true});
	EXPECT_THAT(board.opened_nodes, ElementsAre(common));
	EXPECT_THAT(board.openings(), ElementsAre("read-write granted bus-master"));
}

} // namespace
} // namespace pcipeek
