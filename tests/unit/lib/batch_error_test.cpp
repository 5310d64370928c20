// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "fake_channel.hpp"
#include "refusal.hpp"

#include <pcipeek/pcipeek.hpp>

#include <gmock/gmock.h>

#include <cerrno>
#include <optional>

namespace pcipeek {
namespace {

using namespace std::chrono_literals;
using test::FakeBoard;
using testing::ElementsAre;
using testing::IsEmpty;

class AFailedBatch : public testing::Test {
protected:
	std::optional<BatchError> failure_of(Batch &failing)
	{
		try {
			failing.run();
		} catch (const BatchError &error) {
			return error;
		}
		ADD_FAILURE() << "no BatchError";
		return std::nullopt;
	}

	FakeBoard board{test::memory_board_identity()};
	Device device = board.device();
	Bar bar0 = device.bar(0);
	Batch batch{device};
};

TEST_F(AFailedBatch, SaysWhereAndWhatWasDoneBefore)
{
	batch.read<std::uint8_t>(bar0, 9).poll(bar0, 0x20, {.value = 0, .mask = 1}, 10ms);
	batch.write(bar0, 0, std::uint8_t{1});
	board.bars[0][0x20] = 0x81;

	const auto error = failure_of(batch);
	EXPECT_EQ(error->index(), 1u);
	EXPECT_EQ(error->code(), std::errc::timed_out);
	EXPECT_EQ(error->cause(), Cause::timed_out);
	EXPECT_EQ(error->bar(), 0u);
	EXPECT_EQ(error->offset(), 0x20u);
	EXPECT_STREQ(error->what(),
		     "operation 2 of 3: 0000:05:0d.0: timed out after 10 ms: bar0+0x20 is "
		     "0x23222181, expected 0x0 under mask 0x1");
	EXPECT_EQ(error->result().done(), 1u);
	EXPECT_EQ(error->result()[0], 9u);
	EXPECT_EQ(error->result()[1], 0x23222181u) << "the last value";
	EXPECT_THAT(board.accesses(), testing::Not(testing::Contains("write bar0+0x0 8 = 0x1")));
}

TEST_F(AFailedBatch, WithOneForbiddenOperationRanNone)
{
	device.open();
	const auto error = failure_of(batch.read(bar0, 0).write(bar0, 4, 1u).hold(false).flush());
	// The reader serves a batch that writes, too: the kernel says no.
	EXPECT_EQ(error->index(), 1u);
	EXPECT_EQ(error->cause(), Cause::no_right);
	EXPECT_EQ(error->result().done(), 0u);
	EXPECT_THAT(board.accesses(), IsEmpty());
}

TEST_F(AFailedBatch, ThatMayNotHoldWasRefusedAsAWhole)
{
	device.open();
	const Error error = test::refusal_of([&] { batch.read(bar0, 0).hold().run(); });
	EXPECT_EQ(error.cause(), Cause::no_right);
	EXPECT_STREQ(error.what(), "cannot run a batch on 0000:05:0d.0: it was opened "
				   "read-only; open it for writing");
	EXPECT_THAT(board.accesses(), IsEmpty());
}

TEST_F(AFailedBatch, InterruptedByASignalDoesNotGoOn)
{
	batch.write(bar0, 0, 1u).delay(1ms).write(bar0, 0, 2u);
	board.sleep_errors = {EINTR};

	const auto error = failure_of(batch);
	EXPECT_EQ(error->cause(), Cause::interrupted);
	EXPECT_EQ(error->index(), 1u);
	EXPECT_STREQ(error->what(),
		     "operation 2 of 3: cannot wait on 0000:05:0d.0: interrupted by a signal");
	EXPECT_THAT(board.accesses(), ElementsAre("write bar0+0x0 32 = 0x1"));
}

TEST_F(AFailedBatch, KeptWaitingByOthersSaysSo)
{
	board.sleep_errors = {ETIMEDOUT};
	const auto error = failure_of(batch.delay(1ms));
	EXPECT_EQ(error->cause(), Cause::timed_out);
	EXPECT_THAT(error->what(), testing::HasSubstr("other batches may have kept it waiting"));
}

TEST_F(AFailedBatch, ThatDidNotBeginInTimeClaimsToHaveReadNothing)
{
	batch.poll(bar0, 0x20, {.value = 1, .mask = 1}, 10ms);
	board.bars[0][0x20] = 0;
	board.info.generation = 0; // as it is if nothing ran

	EXPECT_STREQ(failure_of(batch)->what(),
		     "operation 1 of 1: cannot poll 32 bits at bar0+0x20 of 0000:05:0d.0: the "
		     "batch timed out; other batches may have kept it waiting, so allow more "
		     "time");
}

TEST_F(AFailedBatch, NamesNoTimeForAPollThatAllOfItMayHaveEnded)
{
	batch.poll(bar0, 0x20, {.value = 0x20, .mask = 0xff}, 10ms);
	batch.poll(bar0, 0x20, {.value = 1, .mask = 1}, 10ms).timeout(15ms);

	EXPECT_THAT(failure_of(batch)->what(),
		    testing::HasSubstr("0000:05:0d.0: timed out: bar0+0x20 is "));
}

TEST_F(AFailedBatch, OfADeviceThatEndedSaysWhy)
{
	batch.flush();
	device.open();
	board.access_error = ENODEV;
	board.info.end_reason = PCIPEEK_END_UNBOUND;
	EXPECT_STREQ(failure_of(batch)->what(),
		     "operation 1 of 1: cannot flush the writes to 0000:05:0d.0: it was unbound "
		     "from pcipeek; look it up again");
}

} // namespace
} // namespace pcipeek
