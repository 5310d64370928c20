// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "fake_channel.hpp"

#include <pcipeek/pcipeek.hpp>

#include <gmock/gmock.h>

#include <functional>

namespace pcipeek {
namespace {

using namespace std::chrono_literals;
using test::FakeBoard;
using testing::ElementsAre;

class ABatch : public testing::Test {
protected:
	// The cause of an Error that is about no operation.
	Cause cause_of(const std::function<void()> &call)
	{
		try {
			call();
		} catch (const BatchError &error) {
			ADD_FAILURE() << error.what();
		} catch (const Error &error) {
			return error.cause();
		}
		return Cause::other;
	}

	std::uint64_t time_asked_for(Batch &asking)
	{
		asking.run();
		return board.batches.back().timeout_ns;
	}

	void set_byte(std::uint64_t offset, std::uint8_t value)
	{
		board.bars[0].at(offset) = value;
	}

	FakeBoard board{test::memory_board_identity()};
	Device device = board.device();
	Bar bar0 = device.bar(0);
	Bar bar2 = device.bar(2);
	Batch batch{device};
};

TEST_F(ABatch, RunsItsOperationsInOrderByOneCall)
{
	set_byte(0x20, 0);
	batch.write(bar0, 0x08, 5u).poll(bar0, 0x20, {.value = 0, .mask = 1}, 10ms);
	batch.flush().delay(1us).read<std::uint8_t>(bar2, 3);
	batch.update(bar2, 4, {.value = 0x50, .mask = 0xf0}, Width::w8).read(bar0, 0x08);
	device.open({.write = true});
	const unsigned before = board.calls();

	const BatchResult result = batch.run();
	EXPECT_EQ(board.calls() - before, 1u);
	EXPECT_THAT(board.accesses(), ElementsAre("write bar0+0x8 32 = 0x5", "read bar0+0x20 32",
						  "flush", "read bar2+0x3 8", "read bar2+0x4 8",
						  "write bar2+0x4 8 = 0x54", "read bar0+0x8 32"));
	EXPECT_EQ(result.size(), 7u);
	EXPECT_EQ(result.done(), 7u);
	EXPECT_EQ(result[0], 0u);
	EXPECT_EQ(result[4], 3u);
	EXPECT_EQ(result[5], 4u) << "the old value";
	EXPECT_EQ(result[6], 5u);
	EXPECT_THROW(result[7], std::out_of_range);
}

TEST_F(ABatch, HasEveryWidth)
{
	batch.read<std::uint16_t>(bar0, 2).read<std::uint64_t>(bar0, 8);
	batch.write(bar0, 1, std::uint8_t{0x81})
		.write<std::uint64_t>(bar0, 0x10, 0x8123456789abcdef);

	const BatchResult result = batch.run();
	EXPECT_EQ(result[0], 0x0302u);
	EXPECT_EQ(result[1], 0x0f0e0d0c0b0a0908u);
	EXPECT_THAT(board.accesses(),
		    ElementsAre("read bar0+0x2 16", "read bar0+0x8 64", "write bar0+0x1 8 = 0x81",
				"write bar0+0x10 64 = 0x8123456789abcdef"));
}

TEST_F(ABatch, CanBeRunAgain)
{
	batch.update(bar0, 0, {.value = 1, .mask = 0xff}, Width::w8);
	EXPECT_EQ(batch.run()[0], 0u);
	EXPECT_EQ(batch.run()[0], 1u);
}

TEST_F(ABatch, ThatIsCopiedIsTwo)
{
	Batch copy = batch.read(bar0, 0);
	copy.read(bar0, 4);
	EXPECT_EQ(batch.size(), 1u);
	EXPECT_EQ(copy.run().size(), 2u);
}

TEST_F(ABatch, OfNothingOpensNothing)
{
	EXPECT_EQ(batch.run().size(), 0u);
	EXPECT_EQ(board.calls(), 0u);
}

TEST_F(ABatch, OpensForWritingOnlyWhatItWrites)
{
	batch.read(bar0, 0).flush().run();
	EXPECT_THAT(board.openings(), ElementsAre("read-only granted"));
	batch.update(bar0, 0, {}).run();
	EXPECT_THAT(board.openings(), ElementsAre("read-only granted", "read-write granted"));
}

TEST_F(ABatch, ThatHoldsTheDeviceOpensForWriting)
{
	batch.read(bar0, 0).hold().run();
	EXPECT_THAT(board.openings(), ElementsAre("read-write granted"));
	EXPECT_EQ(board.batches.back().flags, PCIPEEK_BATCH_HOLD);
	batch.hold(false).run();
	EXPECT_EQ(board.batches.back().flags, 0u);
}

TEST_F(ABatch, RefusesABarOfAnotherDevice)
{
	FakeBoard other{test::io_board_identity()};
	EXPECT_EQ(cause_of([&] { batch.read(other.device().bar(0), 0); }), Cause::invalid);
	EXPECT_EQ(batch.size(), 0u);
}

TEST_F(ABatch, TakesABarOfAnotherHandleOnItsDevice)
{
	EXPECT_EQ(batch.read<std::uint8_t>(board.device().bar(0), 7).run()[0], 7u);
}

TEST_F(ABatch, RefusesAtOnceWhatAnAccessWouldRefuse)
{
	EXPECT_THROW(batch.read(bar2, 0x20), BadAccessError);
	EXPECT_THROW(batch.write(bar2, 0x1e, 0u), BadAccessError);
	EXPECT_EQ(cause_of([&] { batch.read(bar2, 2); }), Cause::misaligned);
	EXPECT_EQ(cause_of([&] { batch.write_value(bar2, 0, Width::w8, 256); }), Cause::invalid);
	EXPECT_EQ(cause_of([&] { batch.update(bar2, 0, {.value = 256}, Width::w8); }),
		  Cause::invalid);
	EXPECT_EQ(cause_of([&] { batch.update(bar2, 0, {.mask = 256}, Width::w8); }),
		  Cause::invalid);
	EXPECT_EQ(cause_of([&] { batch.poll(bar2, 0, {.value = 2, .mask = 1}, 1s); }),
		  Cause::invalid);
	EXPECT_EQ(cause_of([&] { batch.poll(bar2, 0, {.mask = 256}, 1s, {}, Width::w8); }),
		  Cause::invalid);
	EXPECT_EQ(batch.size(), 0u);
	EXPECT_EQ(board.calls(), 0u);
}

TEST_F(ABatch, HasAtMost1024Operations)
{
	for (int i = 0; i < 1024; i++)
		batch.read(bar0, 0);
	EXPECT_EQ(cause_of([&] { batch.read(bar0, 0); }), Cause::invalid);
	EXPECT_EQ(batch.run().done(), 1024u);
}

TEST_F(ABatch, RefusesTimesBelowZeroAndAbove10Seconds)
{
	EXPECT_EQ(cause_of([&] { batch.delay(-1ns); }), Cause::invalid);
	EXPECT_EQ(cause_of([&] { batch.poll(bar0, 0, {}, 10s + 1ns); }), Cause::invalid);
	EXPECT_EQ(cause_of([&] { batch.timeout(11s); }), Cause::invalid);
	batch.delay(6s);
	EXPECT_EQ(cause_of([&] { batch.delay(6s); }), Cause::invalid);
	EXPECT_EQ(batch.size(), 1u);
}

TEST_F(ABatch, AsksForTheTimeOfItsWaitsAndASecond)
{
	set_byte(0, 0);
	EXPECT_EQ(time_asked_for(batch.read(bar0, 0)), 1000000000u);
	EXPECT_EQ(time_asked_for(batch.delay(2us)), 1000002000u);
	EXPECT_EQ(time_asked_for(batch.poll(bar0, 0, {.mask = 0xff}, 30ms)), 1030002000u);
	EXPECT_EQ(time_asked_for(batch.poll(bar0, 0, {.mask = 0xff}, 10s)), 10000000000u);
}

TEST_F(ABatch, AsksForTheTimeThatItWasGranted)
{
	EXPECT_EQ(time_asked_for(batch.read(bar0, 0).timeout(0s)), 0u);
	EXPECT_EQ(time_asked_for(batch.timeout(5ms).delay(5ms)), 5000000u);
	EXPECT_EQ(cause_of([&] { batch.delay(1ns).run(); }), Cause::invalid);
	EXPECT_EQ(cause_of([&] { Batch(device).timeout(1ms).poll(bar0, 0, {}, 2ms).run(); }),
		  Cause::invalid);
}

TEST_F(ABatch, TellsTheGenerationItRanIn)
{
	board.info.generation = 7;
	EXPECT_EQ(batch.read(bar0, 0).run().generation(), 7u);
}

} // namespace
} // namespace pcipeek
