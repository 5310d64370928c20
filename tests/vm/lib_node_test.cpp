/* SPDX-License-Identifier: GPL-2.0-or-later */
/* SPDX-FileCopyrightText: The pcipeek developers */
#include "attachment.hpp"
#include "library.hpp"
#include "machine.hpp"
#include "own_node.hpp"
#include "trace.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <functional>
#include <iostream>
#include <string>

/* A user of the library who may open a board's own node, and not /dev/pcipeek. */
namespace {

using pcipeek::Cause;
using pcipeek::Device;
using vm::device_at;
using vm::edu;
using vm::Granted;
using vm::ivshmem;
using vm::testdev;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr std::uint32_t edu_id = 0x010000ed;

/* In a process of the user: the exit status is whether all of it is true. */
bool as_user(const std::function<bool()> &claim)
{
	return vm::as_user([&] {
		       try {
			       return claim() ? 0 : 1;
		       } catch (const std::exception &error) {
			       std::cerr << error.what() << '\n';
			       return 2;
		       }
	       }) == 0;
}

/* The cause why the user cannot, and the text. */
bool user_is_refused(Cause cause, const std::string &text, const std::function<void()> &action)
{
	return as_user([&] {
		try {
			action();
		} catch (const pcipeek::Error &error) {
			std::cerr << error.what() << '\n';
			return error.cause() == cause &&
			       std::string{error.what()}.find(text) != std::string::npos;
		}
		return false;
	});
}

class AUserOfOneNode : public testing::Test {
protected:
	AUserOfOneNode()
	{
		vm::open_to_everybody(vm::node_of(edu));
	}

	Granted granted_{edu};
	Granted other_{testdev};
	const vm::Mark mark_ = vm::mark_trace();
};

TEST_F(AUserOfOneNode, ReadsAndWritesThatBoard)
{
	EXPECT_TRUE(as_user([] {
		const pcipeek::Bar bar = device_at(edu).bar(0);
		const auto id = pcipeek::read<std::uint32_t>(bar, 0);
		pcipeek::write(bar, 4, std::uint32_t{0x5a});
		return id == edu_id;
	}));
	EXPECT_THAT(vm::accesses_since(mark_, edu),
		    ElementsAre("read bar0+0x00.l 0x010000ed", "write bar0+0x04.l 0x0000005a"));
}

TEST_F(AUserOfOneNode, IsRefusedTheOtherBoardByTheNamesOfItsNodes)
{
	EXPECT_TRUE(
		user_is_refused(Cause::no_node_access,
				"you may not open /dev/pcipeek-0000-00-04.0 or /dev/pcipeek; ",
				[] { pcipeek::read<std::uint8_t>(device_at(testdev).bar(0), 0); }));
	EXPECT_THAT(vm::accesses_since(mark_, testdev), IsEmpty());
}

TEST_F(AUserOfOneNode, HasTheRightsThatWereAskedForAndNoOthers)
{
	EXPECT_TRUE(as_user([] {
		const Device device = device_at(edu);
		return device.state().rights == PCIPEEK_RIGHT_ALL_BARS;
	}));
	EXPECT_TRUE(as_user([] {
		const Device device = device_at(edu);
		device.open({.write = true, .map = true});
		return device.state().rights ==
		       (PCIPEEK_RIGHT_ALL_BARS | PCIPEEK_RIGHT_WRITE | PCIPEEK_RIGHT_MMAP);
	}));
	EXPECT_TRUE(as_user([] {
		const Device device = device_at(edu);
		device.drop_rights({.write = true, .bars = {0}});
		return device.state().rights == (PCIPEEK_RIGHT_BAR(0) | PCIPEEK_RIGHT_WRITE);
	}));
}

TEST_F(AUserOfOneNode, DoesNotWriteToWhatIsOpenForReading)
{
	EXPECT_TRUE(user_is_refused(Cause::no_right, "it was opened read-only", [] {
		const Device device = device_at(edu);
		device.open();
		pcipeek::write(device.bar(0), 4, std::uint32_t{1});
	}));
	EXPECT_THAT(vm::accesses_since(mark_, edu), IsEmpty());
}

TEST_F(AUserOfOneNode, MayHaveTheBoardExclusively)
{
	EXPECT_TRUE(as_user([] {
		const Device device = device_at(edu);
		device.open({.write = true, .exclusive = true});
		return device.state().exclusive;
	}));
	const Device holder = device_at(edu);
	holder.open({.write = true, .exclusive = true});
	EXPECT_TRUE(user_is_refused(Cause::exclusive, "another program has exclusive access", [] {
		pcipeek::read<std::uint32_t>(device_at(edu).bar(0), 0);
	}));
	EXPECT_THAT(vm::accesses_since(mark_, edu), IsEmpty());
}

TEST(AUserOfTheMemoryBoardsNode, MapsIt)
{
	const Granted granted{ivshmem};
	const pcipeek::Bar bar = device_at(ivshmem).bar(2);
	vm::open_to_everybody(vm::node_of(ivshmem));
	pcipeek::write(bar, 0x1000, std::uint32_t{0x01020304});
	EXPECT_TRUE(as_user([] {
		const pcipeek::Mapping mapping{device_at(ivshmem).bar(2), 0, 0, {.write = true}};
		mapping.store(0x2000, std::uint32_t{0x55667788});
		return mapping.load<std::uint32_t>(0x1000) == 0x01020304;
	}));
	EXPECT_EQ(0x55667788U, pcipeek::read<std::uint32_t>(bar, 0x2000));
}

} // namespace
