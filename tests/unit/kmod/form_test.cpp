// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
//
// The module's checks of what is malformed whatever the function is. Each has one thing
// wrong.

#include <gtest/gtest.h>

#include <cerrno>
#include <cstdint>

extern "C" {
#include "validate.h"
}

namespace {

constexpr std::uint64_t all = PCIPEEK_RIGHT_ALL_BARS | PCIPEEK_RIGHT_WRITE | PCIPEEK_RIGHT_MMAP;

/* BAR 0, and no other. */
pcipeek_limits one_bar()
{
	pcipeek_limits made{};
	made.bar[0] = {4096, 8};
	return made;
}

/* @check's answer once @break_it has been at an argument that is all zeros but @start. */
template <class Argument, class Check, class Break>
int broken(Argument start, Check check, Break break_it)
{
	EXPECT_EQ(0, check(start)) << "nothing is wrong yet";
	break_it(start);
	return check(start);
}

TEST(ModuleChecksTheForm, OfVersion)
{
	const auto check = [](const pcipeek_version &version) {
		return pcipeek_check_version(&version);
	};
	EXPECT_EQ(-EINVAL, broken(pcipeek_version{}, check, [](auto &v) { v.flags = 1; }));
	EXPECT_EQ(-EINVAL, broken(pcipeek_version{}, check, [](auto &v) { v.reserved = 1; }));
}

TEST(ModuleChecksTheForm, OfAnAttach)
{
	const auto check = [](const pcipeek_attach &attach) {
		return pcipeek_check_attach(&attach);
	};
	EXPECT_EQ(-EINVAL, broken(pcipeek_attach{}, check, [](auto &a) { a.reserved0 = 1; }));
	EXPECT_EQ(-EINVAL, broken(pcipeek_attach{}, check, [](auto &a) { a.reserved1 = 1; }));
}

TEST(ModuleChecksTheForm, OfARestriction)
{
	const auto check = [](const pcipeek_restrict &to) {
		return pcipeek_check_restrict(&to, all);
	};
	EXPECT_EQ(-EINVAL, broken(pcipeek_restrict{}, check, [](auto &r) { r.flags = 1; }));
}

TEST(ModuleChecksTheForm, OfDeviceInfo)
{
	const auto check = [](const pcipeek_device_info &info) {
		return pcipeek_check_device_info(&info);
	};
	EXPECT_EQ(-EINVAL, broken(pcipeek_device_info{}, check, [](auto &i) { i.flags = 1; }));
	EXPECT_EQ(-EINVAL, broken(pcipeek_device_info{}, check, [](auto &i) { i.reserved0 = 1; }));
	EXPECT_EQ(-EINVAL, broken(pcipeek_device_info{}, check, [](auto &i) { i.reserved1 = 1; }));
}

TEST(ModuleChecksTheForm, OfBarInfoAndThatTheBarIsThere)
{
	const auto check = [](const pcipeek_bar_info &info) {
		const pcipeek_limits bars = one_bar();
		return pcipeek_check_bar_info(&info, &bars);
	};
	EXPECT_EQ(-EINVAL, broken(pcipeek_bar_info{}, check, [](auto &i) { i.flags = 1; }));
	EXPECT_EQ(-EINVAL, broken(pcipeek_bar_info{}, check, [](auto &i) { i.reserved0 = 1; }));
	EXPECT_EQ(-EINVAL, broken(pcipeek_bar_info{}, check, [](auto &i) { i.reserved1 = 1; }));
	EXPECT_EQ(-ENXIO, broken(pcipeek_bar_info{}, check, [](auto &i) { i.bar = 1; }));
	EXPECT_EQ(-ENXIO, broken(pcipeek_bar_info{}, check, [](auto &i) { i.bar = 6; }));
}

TEST(ModuleChecksTheForm, OfAnAccess)
{
	const auto check = [](pcipeek_access access) {
		const pcipeek_limits bars = one_bar();
		return pcipeek_check_access(&access, 0, all, &bars);
	};
	pcipeek_access access{};
	access.width = 4;
	EXPECT_EQ(-EINVAL, broken(access, check, [](auto &a) { a.flags = 1; }));
	EXPECT_EQ(-EINVAL, broken(access, check, [](auto &a) { a.reserved = 1; }));
}

class ABlock : public testing::Test {
protected:
	static int check(const pcipeek_block &block, std::uint64_t rights = all)
	{
		const pcipeek_limits bars = one_bar();
		return pcipeek_check_block(&block, rights, &bars);
	}

	static pcipeek_block block()
	{
		pcipeek_block made{};
		made.width = 4;
		made.count = 1;
		return made;
	}
};

TEST_F(ABlock, IsRefusedWhenItIsMalformed)
{
	const auto check = [](const pcipeek_block &block) {
		return ABlock::check(block);
	};
	EXPECT_EQ(-EINVAL, broken(block(), check, [](auto &b) { b.reserved = 1; }));
	EXPECT_EQ(-EINVAL, broken(block(), check, [](auto &b) { b.stride = 4; }));
	EXPECT_EQ(-EINVAL, broken(block(), check, [](auto &b) { b.width = 3; }));
	EXPECT_EQ(-ENXIO, broken(block(), check, [](auto &b) { b.bar = 1; }));
}

TEST_F(ABlock, NeedsTheRightToWriteOnlyToWrite)
{
	pcipeek_block written = block();
	written.flags = PCIPEEK_BLOCK_WRITE;
	EXPECT_EQ(0, check(written));
	EXPECT_EQ(0, check(block(), PCIPEEK_RIGHT_BAR(0)));
	EXPECT_EQ(-EACCES, check(written, PCIPEEK_RIGHT_BAR(0)));
	EXPECT_EQ(-EACCES, check(block(), PCIPEEK_RIGHT_BAR(1)));
}

class AMode : public testing::Test {
protected:
	static int check(const pcipeek_bar_mode &mode, std::uint64_t rights = all)
	{
		const pcipeek_limits bars = one_bar();
		return pcipeek_check_bar_mode(&mode, rights, &bars);
	}
};

TEST_F(AMode, IsOneOfTwo)
{
	const auto check = [](const pcipeek_bar_mode &mode) {
		return AMode::check(mode);
	};
	pcipeek_bar_mode combining{};
	combining.mode = PCIPEEK_BAR_MODE_WC;
	EXPECT_EQ(-EINVAL, broken(combining, check, [](auto &m) { m.mode++; }));
	EXPECT_EQ(-EINVAL, broken(combining, check, [](auto &m) { m.flags = 1; }));
	EXPECT_EQ(-EINVAL, broken(combining, check, [](auto &m) { m.reserved0 = 1; }));
	EXPECT_EQ(-EINVAL, broken(combining, check, [](auto &m) { m.reserved1 = 1; }));
	EXPECT_EQ(-ENXIO, broken(combining, check, [](auto &m) { m.bar = 1; }));
}

TEST_F(AMode, NeedsTheRightsToWriteAndToMap)
{
	EXPECT_EQ(-EACCES, check({}, all & ~PCIPEEK_RIGHT_WRITE));
	EXPECT_EQ(-EACCES, check({}, all & ~PCIPEEK_RIGHT_MMAP));
	EXPECT_EQ(-EACCES, check({}, all & ~PCIPEEK_RIGHT_BAR(0)));
}

} // namespace
