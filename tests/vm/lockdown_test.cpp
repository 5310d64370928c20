// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
//
// A kernel that is locked down while a file is attached. There is no way back from
// there: run-all runs this program last, and it has one test.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cerrno>
#include <fstream>

#include "trace.hpp"
#include "window.hpp"

namespace {

const std::string edu = "0000:00:03.0";

void lock_down()
{
	std::ofstream("/sys/kernel/security/lockdown") << "integrity";
}

TEST(LockingDown, EndsWritingAtOnceAndAllowsNoNewFile)
{
	const vm::Given given(edu);
	const vm::Window before(edu);
	ASSERT_EQ(0, before.write(vm::access_at(0, 4, 4, 1)));

	lock_down();
	const vm::Mark mark = vm::mark_trace();
	EXPECT_EQ(EPERM, before.write(vm::access_at(0, 4, 4, 2)));
	const vm::Window after;
	EXPECT_EQ(EPERM, after.attach(edu));
	EXPECT_EQ(EPERM, after.attach(edu, PCIPEEK_RIGHT_ALL_BARS));
	EXPECT_EQ(EPERM,
		  after.attach("0000:00:04.0", PCIPEEK_RIGHT_ALL_BARS, PCIPEEK_ATTACH_SHARED));
	EXPECT_THAT(vm::accesses_since(mark, edu), testing::IsEmpty());
}

} // namespace
