/* SPDX-License-Identifier: GPL-2.0-or-later */
/* SPDX-FileCopyrightText: The pcipeek developers */
#include "attachment.hpp"
#include "library.hpp"
#include "machine.hpp"
#include "trace.hpp"

#include <gmock/gmock.h>

#include <chrono>
#include <cstdint>
#include <string>

/* Batches, updates and waits of the library, on edu. */
namespace {

using namespace std::chrono_literals;
using pcipeek::Bar;
using pcipeek::Batch;
using pcipeek::BatchError;
using pcipeek::BatchResult;
using pcipeek::Cause;
using pcipeek::Device;
using pcipeek::TimeoutError;
using testing::ElementsAre;
using testing::IsEmpty;
using vm::accesses_since;
using vm::cause_of;
using vm::Granted;
using vm::Mark;
using vm::mark_trace;

using vm::edu;

/* edu's registers */
constexpr std::uint64_t alive = 0x04;
constexpr std::uint64_t factorial = 0x08;
constexpr std::uint64_t status = 0x20;
constexpr std::uint64_t dma_source = 0x80;
constexpr std::uint32_t computing = 0x01;

class Edu : public testing::Test {
protected:
	Granted granted_{edu};
	Device device_ = vm::device_at(edu);
	Bar bar0_ = device_.bar(0);
};

TEST_F(Edu, ComputesFactorialsByWriteWaitAndReadInOneBatchEach)
{
	std::uint32_t expected = 1;
	for (std::uint32_t n = 1; n <= 12; n++) {
		expected *= n;
		Batch batch(device_);
		batch.write(bar0_, factorial, n)
			.poll(bar0_, status, {.value = 0, .mask = computing}, 5s)
			.read(bar0_, factorial);
		const BatchResult result = batch.run();
		EXPECT_EQ(result.done(), 3U);
		EXPECT_EQ(result[2], expected) << n;
	}
}

TEST_F(Edu, SeesTheOperationsOfABatchInOrderEachOnce)
{
	Batch batch(device_);
	batch.write(bar0_, alive, std::uint32_t{0x12345678}).read(bar0_, alive);
	batch.write<std::uint64_t>(bar0_, dma_source, 0x1122334455667788).flush();
	batch.update(bar0_, dma_source, {.value = 0xff, .mask = 0xff}, pcipeek::Width::w64);
	device_.open({.write = true});
	const Mark mark = mark_trace();

	const BatchResult result = batch.run();
	EXPECT_EQ(result[1], 0xedcba987U);
	EXPECT_EQ(result[4], 0x1122334455667788U);
	EXPECT_THAT(accesses_since(mark, edu),
		    ElementsAre("write bar0+0x04.l 0x12345678", "read bar0+0x04.l 0xedcba987",
				"write bar0+0x80.q 0x1122334455667788",
				"read bar0+0x80.q 0x1122334455667788",
				"write bar0+0x80.q 0x11223344556677ff"));
}

TEST_F(Edu, ThatIsNotReadyInTimeEndsTheBatchThere)
{
	Batch batch(device_);
	batch.read(bar0_, 0)
		.poll(bar0_, 0, {.value = 1, .mask = 1, .not_equal = true}, 1ms)
		.write(bar0_, alive, std::uint32_t{1});
	try {
		batch.run();
		FAIL() << "it should have run out of time";
	} catch (const BatchError &error) {
		EXPECT_EQ(error.cause(), Cause::timed_out);
		EXPECT_EQ(error.index(), 1U);
		EXPECT_EQ(error.result().done(), 1U);
		EXPECT_EQ(error.result()[1], 0x010000edU);
	}
}

TEST_F(Edu, SeesNothingOfABatchOfWhichOneOperationIsForbidden)
{
	device_.open();
	Batch batch(device_);
	batch.read(bar0_, 0).write(bar0_, alive, std::uint32_t{1}).read(bar0_, 0);
	const Mark mark = mark_trace();

	EXPECT_EQ(cause_of([&] { batch.run(); }), Cause::no_right);
	EXPECT_THAT(accesses_since(mark, edu), IsEmpty());
}

TEST_F(Edu, IsUpdatedByOneReadAndOneWrite)
{
	pcipeek::write<std::uint64_t>(bar0_, dma_source, 0xffff);
	const Mark mark = mark_trace();

	EXPECT_EQ(pcipeek::update(bar0_, dma_source, {.value = 0x50, .mask = 0xf0},
				  pcipeek::Width::w64),
		  0xffffU);
	EXPECT_THAT(accesses_since(mark, edu), ElementsAre("read bar0+0x80.q 0x000000000000ffff",
							   "write bar0+0x80.q 0x000000000000ff5f"));
}

TEST_F(Edu, IsWaitedForUntilItIsReady)
{
	pcipeek::write(bar0_, factorial, std::uint32_t{12});
	const std::uint64_t last =
		pcipeek::wait_until(bar0_, status, {.value = 0, .mask = computing}, 5s);
	EXPECT_EQ(last & computing, 0U);
	EXPECT_EQ(pcipeek::read<std::uint32_t>(bar0_, factorial), 479001600U);
}

TEST_F(Edu, IsWaitedForInVainNoLongerThanTheTimeout)
{
	const auto start = std::chrono::steady_clock::now();
	try {
		pcipeek::wait_until(bar0_, 0, {.value = 0}, 20ms);
		FAIL() << "it should have run out of time";
	} catch (const TimeoutError &error) {
		EXPECT_EQ(error.last_value(), 0x010000edU);
	}
	const auto time = std::chrono::steady_clock::now() - start;
	EXPECT_GE(time, 20ms);
	EXPECT_LT(time, 5s) << "the machine is slow, but not so slow";
}

TEST_F(Edu, IsReadHighLowHighAsACounter)
{
	pcipeek::write(bar0_, alive, std::uint32_t{0});
	const Mark mark = mark_trace();

	/* edu has no counter of two halves: two registers that stand still will do */
	EXPECT_EQ(pcipeek::read_counter64(bar0_, 0, alive), 0xffffffff010000edU);
	EXPECT_THAT(accesses_since(mark, edu),
		    ElementsAre("read bar0+0x04.l 0xffffffff", "read bar0+0x00.l 0x010000ed",
				"read bar0+0x04.l 0xffffffff"));
}

} // namespace
