// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "user_board.hpp"

#include <gmock/gmock.h>

#include <chrono>

namespace pcipeek {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

using AFakeBoardInItsTime = test::UserBoard;

TEST_F(AFakeBoardInItsTime, RunsBatchesInOrder)
{
	board.on_write(0, 0x08, [&](const testing::Access &) {
		board.set<std::uint32_t>(0, 0x20, 1);
		board.after(3ms, [&] { board.set<std::uint32_t>(0, 0x20, 0); });
	});
	Batch batch{device};
	batch.write(bar0, 0x08, std::uint32_t{5})
		.poll(bar0, 0x20, {.value = 0, .mask = 1}, 10ms)
		.update(bar0, 0x0c, {.value = 0x30, .mask = 0xf0})
		.flush()
		.delay(1ms)
		.read(bar0, 0x0c);
	board.set<std::uint32_t>(0, 0x0c, 0xff);

	const BatchResult result = batch.run();
	EXPECT_EQ(result.done(), 6u);
	EXPECT_EQ(result[2], 0xffu);
	EXPECT_EQ(result[5], 0x3fu);
	EXPECT_GE(board.now(), 4ms);
	EXPECT_LT(board.now(), 6ms);
	EXPECT_EQ(to_string(board.accesses().back()), "read bar0+0xc 32 = 0x3f");
}

TEST_F(AFakeBoardInItsTime, UpdatesInOneTurn)
{
	board.set<std::uint16_t>(0, 0x02, 0xabcd);

	EXPECT_EQ(update(bar0, 0x02, {.value = 0x10, .mask = 0xf0}, Width::w16), 0xabcdu);
	EXPECT_THAT(log(), ElementsAre("read bar0+0x2 16 = 0xabcd", "write bar0+0x2 16 = 0xab1d"));
}

TEST_F(AFakeBoardInItsTime, WaitsInItsOwnTime)
{
	const auto start = std::chrono::steady_clock::now();

	EXPECT_THROW(wait_until(bar0, 0x20, {.value = 1}, 20s), TimeoutError);
	EXPECT_GE(board.now(), 20s);
	EXPECT_LT(std::chrono::steady_clock::now() - start, 20s);
}

TEST_F(AFakeBoardInItsTime, DoesThingsAtTheirTimes)
{
	std::vector<int> done;
	board.after(20ms, [&] { done.push_back(2); });
	board.after(10ms, [&] {
		done.push_back(1);
		board.after(5ms, [&] { done.push_back(15); });
	});

	board.advance(9ms);
	EXPECT_THAT(done, IsEmpty());
	board.advance(100ms);
	EXPECT_THAT(done, ElementsAre(1, 15, 2));
	EXPECT_EQ(board.now(), 109ms);
}

TEST_F(AFakeBoardInItsTime, LetsAProgramThatSpinsGetSomewhere)
{
	board.after(2ms, [&] { board.set<std::uint32_t>(0, 0x20, 1); });

	while (read<std::uint32_t>(bar0, 0x20) == 0)
		;
	EXPECT_EQ(board.accesses().size(), 2000u);
}

} // namespace
} // namespace pcipeek
