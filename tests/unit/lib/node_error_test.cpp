// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
//
// What people are told when neither of the two nodes that lead to a device can be opened.
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

const std::string start = "cannot open 0000:05:0d.0: ";

class TwoNodes : public testing::Test {
protected:
	void SetUp() override
	{
		sysfs.add(test::memory_board());
	}

	// Of opening the device while the nodes answer so.
	Error refusal(int own, int common, const OpenOptions &options = {})
	{
		board.own_node_error = own;
		board.node_error = common;
		return refusal_of([&] { board.device().open(options); });
	}

	void expect(const Error &error, int code, Cause cause, const std::string &why)
	{
		EXPECT_EQ(error.code().value(), code);
		EXPECT_EQ(error.cause(), cause);
		EXPECT_EQ(error.what(), start + why);
	}

	FakeSysfs sysfs;
	FakeBoard board{test::memory_board_identity()};
};

const std::string join = "; as root: usermod -aG pcipeek USER; then log in again";

TEST_F(TwoNodes, ThatMayNotBeOpenedAreBothNamed)
{
	expect(refusal(EACCES, EACCES), EACCES, Cause::no_node_access,
	       "you may not open /dev/pcipeek-0000-05-0d.0 or /dev/pcipeek" + join);
}

TEST_F(TwoNodes, OfWhichOneIsMissingAreNotBlamedForThat)
{
	expect(refusal(EACCES, ENOENT), EACCES, Cause::no_node_access,
	       "you may not open /dev/pcipeek-0000-05-0d.0" + join);
	expect(refusal(ENOENT, EACCES), EACCES, Cause::no_node_access,
	       "you may not open /dev/pcipeek" + join);
	expect(refusal(ENODEV, EACCES), EACCES, Cause::no_node_access,
	       "you may not open /dev/pcipeek" + join);
}

TEST_F(TwoNodes, ThatADeviceCgroupForbidsNameWhatToAllow)
{
	sysfs.write("/sys/kernel/security/lockdown", "[none] integrity confidentiality\n");
	expect(refusal(EPERM, EPERM, {.write = true}), EPERM, Cause::no_node_access,
	       "a device cgroup keeps this process from /dev/pcipeek-0000-05-0d.0 or /dev/pcipeek; "
	       "a service needs DeviceAllow=/dev/pcipeek-0000-05-0d.0 rw, a container --device "
	       "/dev/pcipeek-0000-05-0d.0");
	expect(refusal(EPERM, EACCES), EPERM, Cause::no_node_access,
	       "a device cgroup keeps this process from /dev/pcipeek-0000-05-0d.0 or /dev/pcipeek; "
	       "a service needs DeviceAllow=/dev/pcipeek-0000-05-0d.0 r, a container --device "
	       "/dev/pcipeek-0000-05-0d.0");
	expect(refusal(ENOENT, EPERM), EPERM, Cause::no_node_access,
	       "a device cgroup keeps this process from /dev/pcipeek; a service needs "
	       "DeviceAllow=/dev/pcipeek r, a container --device /dev/pcipeek");
}

TEST_F(TwoNodes, ThatLockdownClosesToAWriterSaySo)
{
	sysfs.write("/sys/kernel/security/lockdown", "none [integrity] confidentiality\n");
	const Error error = refusal(EPERM, EACCES, {.write = true});
	EXPECT_EQ(error.cause(), Cause::lockdown);
	EXPECT_EQ(error.code().value(), EPERM);
	EXPECT_EQ(refusal(EPERM, ENOENT, {.write = true}).cause(), Cause::lockdown);
	EXPECT_EQ(refusal(EPERM, EACCES).cause(), Cause::no_node_access) << "reading works";
	EXPECT_EQ(refusal(EACCES, EACCES, {.write = true}).cause(), Cause::no_node_access);
}

// Containers often hide the file.
TEST_F(TwoNodes, MayBeClosedByALockdownThatCannotBeSeen)
{
	EXPECT_THAT(
		refusal(EPERM, ENOENT, {.write = true}).what(),
		HasSubstr("a device cgroup (or the kernel's lockdown) keeps this process from"));
	EXPECT_THAT(refusal(EPERM, ENOENT).what(), Not(HasSubstr("lockdown")));
}

TEST_F(TwoNodes, ThatAreMissingMeanThatTheModuleIsNotLoaded)
{
	expect(refusal(ENOENT, ENOENT), ENOENT, Cause::no_module,
	       "there is no /dev/pcipeek: the module is not loaded; as root: modprobe pcipeek");
}

TEST_F(TwoNodes, ThatAreMissingOfAGrantedDeviceNameItsOwn)
{
	sysfs.write("/sys/class/misc/pcipeek/dev", "10:120\n");
	sysfs.write("/sys/class/pcipeek/pcipeek-0000-05-0d.0/dev", "510:3\n");
	expect(refusal(ENOENT, ENOENT), ENOENT, Cause::no_node,
	       "the module is loaded, but /dev/pcipeek-0000-05-0d.0 is not its node, nor is "
	       "/dev/pcipeek; a container needs --device /dev/pcipeek-0000-05-0d.0; elsewhere, as "
	       "root: rm -f /dev/pcipeek-0000-05-0d.0 && mknod -m 660 /dev/pcipeek-0000-05-0d.0 c "
	       "510 3 && chgrp pcipeek /dev/pcipeek-0000-05-0d.0");
}

TEST_F(TwoNodes, PassOnWhatElseIsWrong)
{
	expect(refusal(ENOENT, EMFILE), EMFILE, Cause::other, "Too many open files");
	expect(refusal(EACCES, EMFILE), EMFILE, Cause::other, "Too many open files");
}

} // namespace
} // namespace pcipeek
