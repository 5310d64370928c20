// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "fake_channel.hpp"

#include <pcipeek/pcipeek.hpp>

#include <gmock/gmock.h>

#include <atomic>
#include <latch>
#include <thread>

namespace pcipeek {
namespace {

// Runs the function in several threads that begin at the same moment.
template <class Function>
void in_threads(Function function)
{
	constexpr int count = 8;
	std::latch start{count};
	std::vector<std::jthread> threads;
	for (int i = 0; i < count; i++)
		threads.emplace_back([&, i] {
			start.arrive_and_wait();
			function(i);
		});
}

TEST(ManyThreads, OpenADeviceOnceForReadingAndOnceForWriting)
{
	test::FakeBoard board{test::memory_board_identity()};
	const Device device = board.device();

	in_threads([&](int i) {
		const Bar bar = device.bar(0);
		const auto offset = static_cast<std::uint64_t>(i);
		for (int round = 0; round < 100; round++) {
			EXPECT_EQ(read<std::uint8_t>(bar, offset), i);
			write(bar, offset, static_cast<std::uint8_t>(i));
		}
	});
	EXPECT_EQ(board.accesses().size(), 8u * 200u);
	EXPECT_LE(board.openings().size(), 2u);
}

TEST(ManyThreads, ThatWriteFirstOpenTheDeviceOnce)
{
	for (int round = 0; round < 50; round++) {
		test::FakeBoard board{test::memory_board_identity()};
		const Bar bar = board.device().bar(0);

		in_threads([&](int) { write(bar, 0, std::uint8_t{1}); });
		ASSERT_THAT(board.openings(), testing::ElementsAre("read-write granted"));
	}
}

TEST(ManyThreads, GetTheSameNames)
{
	test::FakeBoard board{test::memory_board_identity()};
	const Device device = board.device();
	std::atomic<const std::string *> first = nullptr;

	in_threads([&](int) {
		const std::string *name = &device.vendor_name();
		const std::string *expected = nullptr;
		const bool is_first = first.compare_exchange_strong(expected, name);
		EXPECT_TRUE(is_first || name == expected);
	});
}

TEST(ManyThreads, CopyAndDropHandles)
{
	test::FakeBoard board{test::memory_board_identity()};
	std::optional<Device> device = board.device();
	const Bar bar = device->bar(2);
	device.reset();

	in_threads([&](int) {
		for (int round = 0; round < 100; round++) {
			const Bar copy = Bar{bar}.device().bar(1);
			EXPECT_EQ(read<std::uint16_t>(copy, 2), 0x0302);
		}
	});
}

} // namespace
} // namespace pcipeek
