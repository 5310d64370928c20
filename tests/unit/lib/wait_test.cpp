// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "fake_channel.hpp"

#include <pcipeek/pcipeek.hpp>

#include <gmock/gmock.h>

#include <cerrno>

namespace pcipeek {
namespace {

using namespace std::chrono_literals;
using test::FakeBoard;
using testing::ElementsAre;
using testing::Field;

class Waiting : public testing::Test {
protected:
	Waiting()
	{
		set(0x81);
	}

	void set(std::uint8_t value)
	{
		board.bars[0][0x20] = value;
	}

	std::uint64_t wait(const Condition &condition, std::chrono::nanoseconds timeout,
			   std::chrono::microseconds interval = {})
	{
		return wait_until(bar0, 0x20, condition, timeout, interval, Width::w8);
	}

	FakeBoard board{test::memory_board_identity()};
	Bar bar0 = board.device().bar(0);
};

TEST_F(Waiting, ForWhatIsThereIsOneRead)
{
	EXPECT_EQ(wait({.value = 1, .mask = 1}, 1s), 0x81u);
	EXPECT_EQ(wait({.value = 0x81}, 0s), 0x81u);
	EXPECT_EQ(wait({.value = 0x80, .not_equal = true}, -1s), 0x81u);
	EXPECT_THAT(board.accesses(),
		    ElementsAre("read bar0+0x20 8", "read bar0+0x20 8", "read bar0+0x20 8"));
	EXPECT_THAT(board.openings(), ElementsAre("read-only granted"));
}

TEST_F(Waiting, EndsWhenTheRegisterChanges)
{
	board.on_sleep = [this] {
		if (board.now_ns >= 2000000)
			set(0x80);
	};
	EXPECT_EQ(wait({.value = 0, .mask = 1}, 1s, 500us), 0x80u);
	EXPECT_EQ(board.now_ns, 2000000u);
	EXPECT_EQ(board.accesses().size(), 5u);
}

TEST_F(Waiting, InVainTellsTheLastValue)
{
	try {
		wait({.value = 0, .mask = 1}, 10ms);
		FAIL();
	} catch (const TimeoutError &error) {
		EXPECT_EQ(error.last_value(), 0x81u);
		EXPECT_EQ(error.code(), std::errc::timed_out);
		EXPECT_EQ(error.cause(), Cause::timed_out);
		EXPECT_STREQ(error.what(),
			     "0000:05:0d.0: timed out after 10 ms: bar0+0x20 is 0x81, expected 0x0 "
			     "under mask 0x1");
	}
	EXPECT_EQ(board.now_ns, 10000000u);
}

TEST_F(Waiting, InVainForAnotherValueSaysSo)
{
	try {
		wait({.value = 0x81, .not_equal = true}, 0s);
		FAIL();
	} catch (const TimeoutError &error) {
		EXPECT_STREQ(error.what(), "0000:05:0d.0: timed out after 0 s: bar0+0x20 is 0x81, "
					   "expected anything but 0x81");
	}
}

TEST_F(Waiting, LongerThanABatchMayTakesSeveral)
{
	EXPECT_THROW(wait({.value = 0, .mask = 1}, 25s, 1s), TimeoutError);
	EXPECT_THAT(board.batches, ElementsAre(Field(&pcipeek_batch::timeout_ns, 10000000000),
					       Field(&pcipeek_batch::timeout_ns, 10000000000),
					       Field(&pcipeek_batch::timeout_ns, 5000000000)));
	EXPECT_EQ(board.now_ns, 25000000000u);
}

TEST_F(Waiting, GoesOnAfterASignalAndNoticesAResetMeanwhile)
{
	board.info.generation = 3;
	board.sleep_errors = {EINTR, EINTR};
	EXPECT_THROW(wait({.value = 0, .mask = 1}, 1h), TimeoutError);
	EXPECT_EQ(board.batches.at(0).generation, 0u);
	EXPECT_EQ(board.batches.at(1).generation, 3u);

	board.batches.clear();
	board.sleep_errors = {EINTR};
	board.on_read = [this] {
		board.info.generation = 4;
	};
	try {
		wait({.value = 0, .mask = 1}, 1h);
		FAIL();
	} catch (const Error &error) {
		EXPECT_EQ(error.cause(), Cause::reset);
	}
	EXPECT_EQ(board.batches.size(), 2u);
}

TEST_F(Waiting, ForWhatCannotBeIsRefused)
{
	for (const Condition &condition : {Condition{.value = 2, .mask = 1},
					   Condition{.value = 0x100}, Condition{.mask = 0x100}})
		try {
			wait(condition, 1s);
			FAIL();
		} catch (const Error &error) {
			EXPECT_EQ(error.cause(), Cause::invalid);
		}
	EXPECT_EQ(board.calls(), 0u);
}

TEST_F(Waiting, AtADeviceThatDoesNotAnswerIsItsError)
{
	wait({.value = 1, .mask = 1}, 0s);
	board.access_error = EIO;
	board.info.power_state = 3;
	try {
		wait({.value = 1, .mask = 1}, 1s);
		FAIL();
	} catch (const Error &error) {
		EXPECT_EQ(error.cause(), Cause::asleep);
		EXPECT_EQ(error.offset(), 0x20u);
	}
}

} // namespace
} // namespace pcipeek
