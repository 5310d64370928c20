// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
//
// A BAR that gets another address while it is in use, as by the resizing of sysfs.

#include <gtest/gtest.h>

#include <cerrno>
#include <string>
#include <vector>

#include "bar_mover.hpp"
#include "machine.hpp"
#include "readers.hpp"
#include "trace.hpp"
#include "window.hpp"

namespace {

using vm::Given;
using vm::Readers;
using vm::Window;

using vm::edu;
constexpr std::uint32_t identification = 0x010000ed;

/* The first line of sysfs' table: BAR 0. */
std::string place_of_bar(const std::string &address)
{
	const std::string table = vm::text_of("/sys/bus/pci/devices/" + address + "/resource");
	return table.substr(0, table.find(' '));
}

class AMovedBar : public testing::Test {
protected:
	const vm::BarMover mover_;
};

/* Of each call: the answer, and that nothing of it reached the board. */
TEST_F(AMovedBar, OfASharedFunctionIsENODEVAndNoAccess)
{
	const Window window(edu, vm::all_rights, PCIPEEK_ATTACH_SHARED);
	pcipeek_access access = vm::access_at(0, 0, 4);
	ASSERT_EQ(0, window.read(access));
	ASSERT_EQ(identification, access.value);
	const std::string before = place_of_bar(edu);
	ASSERT_EQ(0, mover_.move(edu, 0));
	ASSERT_NE(before, place_of_bar(edu));

	const vm::Mark mark = vm::mark_trace();
	EXPECT_EQ(ENODEV, window.read(access));
	EXPECT_EQ(ENODEV, window.write(vm::access_at(0, 4, 4, 1)));
	std::uint32_t word = 0;
	pcipeek_block block = vm::block_at(0, 0, 4, 1, &word);
	EXPECT_EQ(ENODEV, window.block(block));
	std::vector<pcipeek_op> ops = vm::reads(2);
	pcipeek_batch batch = vm::batch_of(ops);
	EXPECT_EQ(ENODEV, window.ioctl(PCIPEEK_IOC_BATCH, &batch));
	EXPECT_EQ(0U, batch.done);
	EXPECT_EQ(std::vector<std::string>{}, vm::accesses_since(mark, edu));
}

TEST_F(AMovedBar, OfASharedFunctionIsFoundByTheNextWindow)
{
	const Window before(edu, vm::all_rights, PCIPEEK_ATTACH_SHARED);
	ASSERT_EQ(0, mover_.move(edu, 0));
	const Window window(edu, vm::all_rights, PCIPEEK_ATTACH_SHARED);
	pcipeek_access access = vm::access_at(0, 0, 4);
	EXPECT_EQ(0, window.read(access));
	EXPECT_EQ(identification, access.value);
	EXPECT_EQ(0, window.write(vm::access_at(0, 4, 4, 0x12345678)));
	access.offset = 4;
	EXPECT_EQ(0, window.read(access));
	EXPECT_EQ(~0x12345678U, access.value);
	EXPECT_EQ(ENODEV, before.read(access));
}

TEST_F(AMovedBar, UnderReadersIsDataOrAnError)
{
	const Window window(edu, vm::all_rights, PCIPEEK_ATTACH_SHARED);
	Readers readers(window, vm::access_at(0, 0, 4));
	ASSERT_EQ(0, mover_.move(edu, 0));
	vm::expect_value_until_gone(readers, identification);
}

/* The kernel's own rule, of its resizing as of this: it has a driver. */
TEST_F(AMovedBar, IsNotThatOfAGivenFunction)
{
	const Given given(edu);
	const Window window(edu);
	const std::string before = place_of_bar(edu);
	EXPECT_EQ(EBUSY, mover_.move(edu, 0));
	EXPECT_EQ(before, place_of_bar(edu));
	pcipeek_access access = vm::access_at(0, 0, 4);
	EXPECT_EQ(0, window.read(access));
	EXPECT_EQ(identification, access.value);
}

} // namespace
