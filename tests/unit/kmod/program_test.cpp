// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
//
// The interpreter of batches, on a device, a clock and neighbours of our own.

#include "ops.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

struct pcipeek_host {
	std::map<std::uint64_t, std::uint64_t> registers;
	std::vector<std::string> log;
	std::uint64_t now = 1000000;
	std::uint64_t cost = 0; /* of a read, in nanoseconds */
	std::uint64_t ready_at = ~0ULL; /* when register 0x20 becomes 1 */
	int read_error = 0;
	std::uint32_t row = 0; /* how many are done in one go */
	int row_error = 0;
	int sleep_error = 0;
	std::vector<std::uint64_t> sleeps; /* until when */
	int write_error = 0;
	int flush_error = 0;
};

extern "C" {

int pcipeek_host_read(pcipeek_host *host, const pcipeek_op *op, __u64 *value)
{
	host->now += host->cost;
	if (host->read_error)
		return host->read_error;
	host->log.push_back("read " + std::to_string(op->offset));
	*value = op->offset == 0x20 ? host->now >= host->ready_at : host->registers[op->offset];
	return 0;
}

int pcipeek_host_write(pcipeek_host *host, const pcipeek_op *op, __u64 value)
{
	if (host->write_error)
		return host->write_error;
	host->log.push_back("write " + std::to_string(op->offset));
	host->registers[op->offset] = value;
	return 0;
}

__u32 pcipeek_host_row(pcipeek_host *host, pcipeek_op *ops, __u32 count, int *err)
{
	const __u32 done = std::min(count, host->row);
	host->log.push_back("row " + std::to_string(done) + " of " + std::to_string(count));
	for (__u32 i = 0; i < done; i++)
		ops[i].result = host->registers[ops[i].offset];
	if (done < count)
		*err = host->row_error;
	return done;
}

int pcipeek_host_flush(pcipeek_host *host)
{
	host->log.emplace_back("flush");
	return host->flush_error;
}

__u64 pcipeek_host_now(pcipeek_host *host)
{
	return host->now;
}

int pcipeek_host_sleep(pcipeek_host *host, __u64 time)
{
	host->log.emplace_back("sleep");
	host->sleeps.push_back(time);
	if (host->sleep_error)
		return host->sleep_error;
	host->now = std::max<__u64>(host->now, time); /* what is over is not slept for */
	return 0;
}
}

namespace {

namespace test = pcipeek::test;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr std::uint64_t never = ~0ULL;

pcipeek_op op(std::uint8_t code, std::uint64_t offset = 0, std::uint64_t value = 0,
	      std::uint64_t mask = 0, std::uint64_t timeout = 0)
{
	pcipeek_op made{};
	made.code = code;
	made.width = code == PCIPEEK_OP_DELAY || code == PCIPEEK_OP_FLUSH ? 0 : 4;
	made.offset = offset;
	made.value = value;
	made.mask = mask;
	made.timeout_ns = timeout;
	return made;
}

class Interpreter : public testing::Test {
protected:
	int run(std::vector<pcipeek_op> ops, std::uint64_t deadline = never)
	{
		ops_ = std::move(ops);
		return pcipeek_interpret(ops_.data(), static_cast<std::uint32_t>(ops_.size()),
					 &done_, deadline, &host_);
	}

	pcipeek_host host_;
	std::vector<pcipeek_op> ops_;
	std::uint32_t done_ = 77;
};

TEST_F(Interpreter, RunsInOrderAndCounts)
{
	host_.registers[4] = 0xabcd;
	EXPECT_EQ(0,
		  run({op(PCIPEEK_OP_WRITE, 0, 7), op(PCIPEEK_OP_READ, 4), op(PCIPEEK_OP_FLUSH)}));
	EXPECT_EQ(3U, done_);
	EXPECT_EQ(0xabcdU, ops_[1].result);
	EXPECT_THAT(host_.log, ElementsAre("write 0", "read 4", "flush"));
}

TEST_F(Interpreter, ReplacesOnlyTheBitsOfTheMaskAndTellsTheOldValue)
{
	host_.registers[8] = 0xaaaa5555;
	EXPECT_EQ(0, run({op(PCIPEEK_OP_RMW, 8, 0xffffffff, 0x0000ff00)}));
	EXPECT_EQ(0xaaaaff55U, host_.registers[8]);
	EXPECT_EQ(0xaaaa5555U, ops_[0].result);
}

TEST_F(Interpreter, StopsAtTheFirstFailure)
{
	host_.read_error = -EIO;
	EXPECT_EQ(-EIO, run({op(PCIPEEK_OP_WRITE, 0, 1), op(PCIPEEK_OP_RMW, 4, 1, 1),
			     op(PCIPEEK_OP_WRITE, 0, 2)}));
	EXPECT_EQ(1U, done_);
	EXPECT_EQ(0, ops_[0].error);
	EXPECT_EQ(-EIO, ops_[1].error);
	EXPECT_THAT(host_.log, ElementsAre("write 0"));
}

TEST_F(Interpreter, PollsAtOnceAndEndsWhenItIsMet)
{
	host_.ready_at = 0;
	EXPECT_EQ(0, run({op(PCIPEEK_OP_POLL, 0x20, 1, 1, 1000000)}));
	EXPECT_THAT(host_.log, ElementsAre("read 32"));
	EXPECT_EQ(1U, ops_[0].result);
}

TEST_F(Interpreter, PollsEveryIntervalAndOnceMoreWhenTimeIsUp)
{
	pcipeek_op poll = op(PCIPEEK_OP_POLL, 0x20, 1, 1, 25000);
	poll.interval_us = 10;
	EXPECT_EQ(-ETIMEDOUT, run({poll}));
	EXPECT_EQ(1025000U, host_.now);
	EXPECT_THAT(host_.log, ElementsAre("read 32", "sleep", "read 32", "sleep", "read 32",
					   "sleep", "read 32"));
}

TEST_F(Interpreter, LooksAfterTheTimeIsUpHoweverLongALookTakes)
{
	pcipeek_op poll = op(PCIPEEK_OP_POLL, 0x20, 1, 1, 1000);
	host_.cost = 5000;
	host_.ready_at = 1001000 + 5000;
	EXPECT_EQ(0, run({poll}));
	EXPECT_EQ(2, std::count(host_.log.begin(), host_.log.end(), "read 32"));
}

TEST_F(Interpreter, PollsLessOftenTheLongerItTakes)
{
	EXPECT_EQ(-ETIMEDOUT, run({op(PCIPEEK_OP_POLL, 0x20, 1, 1, 1000000000)}));
	EXPECT_LT(host_.log.size(), 2200U);
	EXPECT_GT(host_.log.size(), 1000U);
}

/* A quarter of the time so far, but 1 us to 1 ms: until when it sleeps. */
TEST_F(Interpreter, PollsAgainAfterAQuarterOfTheTimeSoFar)
{
	EXPECT_EQ(-ETIMEDOUT, run({op(PCIPEEK_OP_POLL, 0x20, 1, 1, 20000000)}));
	ASSERT_GT(host_.sleeps.size(), 12U);
	const std::uint64_t start = 1000000;
	std::vector<std::uint64_t> first;
	for (std::size_t i = 0; i < 9; i++)
		first.push_back(host_.sleeps[i] - start);
	EXPECT_THAT(first, ElementsAre(1000, 2000, 3000, 4000, 5000, 6250, 7812, 9765, 12206));
	std::uint64_t before = start, longest = 0;
	for (const std::uint64_t until : host_.sleeps) {
		longest = std::max(longest, until - before);
		before = until;
	}
	EXPECT_EQ(1000000U, longest);
	EXPECT_EQ(start + 20000000, host_.sleeps.back());
}

TEST_F(Interpreter, PollsForNotEqual)
{
	host_.registers[4] = 5;
	pcipeek_op poll = op(PCIPEEK_OP_POLL, 4, 5, 0xff);
	EXPECT_EQ(0, run({poll}));
	poll.flags = PCIPEEK_OP_NOT_EQUAL;
	EXPECT_EQ(-ETIMEDOUT, run({poll}));
}

TEST_F(Interpreter, PollsNoLongerThanTheBatchHas)
{
	EXPECT_EQ(-ETIMEDOUT, run({op(PCIPEEK_OP_POLL, 0x20, 1, 1, 1000000000)}, 1000000 + 500));
	EXPECT_EQ(1000500U, host_.now);
}

TEST_F(Interpreter, DelaysOrSaysThatThereIsNoTime)
{
	EXPECT_EQ(0, run({op(PCIPEEK_OP_DELAY, 0, 0, 0, 700)}, 1000000 + 700));
	EXPECT_EQ(1000700U, host_.now);
	EXPECT_EQ(-ETIMEDOUT, run({op(PCIPEEK_OP_DELAY, 0, 0, 0, 1)}, 1000000 + 700));
	EXPECT_EQ(0, run({op(PCIPEEK_OP_DELAY)}, 1000000 + 700));
}

/* It does not begin to wait for what it has no time to end. */
TEST_F(Interpreter, DoesNotDelayForLongerThanTheBatchHas)
{
	EXPECT_EQ(-ETIMEDOUT, run({op(PCIPEEK_OP_DELAY, 0, 0, 0, 701)}, 1000000 + 700));
	EXPECT_EQ(1000000U, host_.now);
	EXPECT_THAT(host_.log, IsEmpty());
	EXPECT_EQ(-ETIMEDOUT,
		  run({op(PCIPEEK_OP_DELAY, 0, 0, 0, 400), op(PCIPEEK_OP_DELAY, 0, 0, 0, 301)},
		      1000000 + 700));
	EXPECT_EQ(1U, done_);
	EXPECT_EQ(1000400U, host_.now);
	EXPECT_EQ(0, run({op(PCIPEEK_OP_DELAY, 0, 0, 0, 300)}, 1000000 + 700));
	EXPECT_EQ(1000700U, host_.now);
}

/* A read before it took longer than there was time. */
TEST_F(Interpreter, DoesNotDelayOnceTheTimeIsUp)
{
	host_.cost = 5000;
	EXPECT_EQ(-ETIMEDOUT,
		  run({op(PCIPEEK_OP_READ), op(PCIPEEK_OP_DELAY, 0, 0, 0, 1)}, 1000000 + 700));
	EXPECT_EQ(1U, done_);
	EXPECT_THAT(host_.log, ElementsAre("read 0"));
}

TEST_F(Interpreter, PassesOnWhatInterruptsASleep)
{
	host_.sleep_error = -EINTR;
	EXPECT_EQ(-EINTR, run({op(PCIPEEK_OP_POLL, 0x20, 1, 1, 1000)}));
	EXPECT_EQ(0U, done_);
	EXPECT_EQ(0U, ops_[0].result);
}

TEST_F(Interpreter, PassesOnWhatEndsADelay)
{
	host_.sleep_error = -EINTR;
	EXPECT_EQ(-EINTR, run({op(PCIPEEK_OP_DELAY, 0, 0, 0, 1000)}));
	EXPECT_EQ(-EINTR, ops_[0].error);
}

/* Each with the last of what it asks of the device. */
TEST_F(Interpreter, PassesOnTheFailureOfEveryKindOfOperation)
{
	host_.write_error = -EAGAIN;
	host_.flush_error = -ENODEV;
	for (const auto code : {PCIPEEK_OP_WRITE, PCIPEEK_OP_RMW})
		EXPECT_EQ(-EAGAIN, run({op(static_cast<std::uint8_t>(code), 4, 1, 1)})) << code;
	EXPECT_EQ(-ENODEV, run({op(PCIPEEK_OP_FLUSH)}));
	host_.read_error = -EIO;
	for (const auto code : {PCIPEEK_OP_READ, PCIPEEK_OP_RMW, PCIPEEK_OP_POLL}) {
		EXPECT_EQ(-EIO, run({op(static_cast<std::uint8_t>(code), 4, 1, 1, 1000)})) << code;
		EXPECT_EQ(-EIO, ops_[0].error) << code;
		EXPECT_EQ(0U, done_) << code;
	}
	EXPECT_THAT(host_.log, testing::Not(testing::Contains("sleep")));
}

TEST_F(Interpreter, LooksInTheIntervalThatIsGranted)
{
	for (const std::uint64_t interval : {1U, 10U, 5000U, 100000U}) {
		pcipeek_op poll = op(PCIPEEK_OP_POLL, 0x20, 1, 1, 10000000000);
		poll.interval_us = static_cast<std::uint32_t>(interval);
		host_.ready_at = host_.now + 3 * interval * 1000;
		host_.log.clear();
		EXPECT_EQ(0, run({poll}));
		EXPECT_EQ(host_.ready_at, host_.now) << interval;
		EXPECT_EQ(4, std::count(host_.log.begin(), host_.log.end(), "read 32"));
	}
}

TEST_F(Interpreter, DoesInOneGoWhatIsAlike)
{
	host_.row = 2;
	host_.registers = {{8, 0x80}};
	EXPECT_EQ(0, run({op(PCIPEEK_OP_READ), op(PCIPEEK_OP_READ, 4), op(PCIPEEK_OP_READ, 8),
			  op(PCIPEEK_OP_READ, 12), op(PCIPEEK_OP_READ, 16)}));
	EXPECT_THAT(host_.log, ElementsAre("read 0", "row 2 of 4", "read 12", "row 1 of 1"));
	EXPECT_EQ(0x80U, ops_[2].result);
	EXPECT_EQ(5U, done_);
}

/* What is behind the last one is not of this batch. */
TEST_F(Interpreter, TakesNothingBehindItsLastForAlike)
{
	ops_ = {op(PCIPEEK_OP_READ), op(PCIPEEK_OP_READ, 4)};
	EXPECT_EQ(0, pcipeek_interpret(ops_.data(), 1, &done_, never, &host_));
	EXPECT_THAT(host_.log, ElementsAre("read 0"));
	EXPECT_EQ(1U, done_);
}

TEST_F(Interpreter, EndsWhereARowFails)
{
	host_.row = 1;
	host_.row_error = -EIO;
	EXPECT_EQ(-EIO, run({op(PCIPEEK_OP_READ), op(PCIPEEK_OP_READ, 4), op(PCIPEEK_OP_READ, 8),
			     op(PCIPEEK_OP_READ, 12)}));
	EXPECT_THAT(host_.log, ElementsAre("read 0", "row 1 of 3"));
	EXPECT_EQ(2U, done_);
	EXPECT_EQ(-EIO, ops_[2].error);
	EXPECT_EQ(0, ops_[3].error);
}

class ProgramCheck : public testing::Test {
protected:
	int check(std::vector<pcipeek_op> ops, std::uint64_t timeout = 1000,
		  std::uint64_t rights = PCIPEEK_RIGHT_ALL_BARS | PCIPEEK_RIGHT_WRITE)
	{
		pcipeek_limits limits{};
		limits.bar[0] = {256, 8};
		for (auto &one : ops)
			one.error = 99;
		ops_ = std::move(ops);
		pcipeek_batch batch = test::batch_of(ops_);
		batch.timeout_ns = timeout;
		return test::fetch(batch, rights, limits).error;
	}

	std::vector<pcipeek_op> ops_;
};

TEST_F(ProgramCheck, TakesEveryKindOfOperation)
{
	EXPECT_EQ(0, check({op(PCIPEEK_OP_READ), op(PCIPEEK_OP_WRITE, 4, 1),
			    op(PCIPEEK_OP_RMW, 4, 1, 1), op(PCIPEEK_OP_POLL, 4, 1, 1, 1000),
			    op(PCIPEEK_OP_DELAY, 0, 0, 0, 1000), op(PCIPEEK_OP_FLUSH)}));
	EXPECT_EQ(0, ops_[5].error);
}

TEST_F(ProgramCheck, NamesTheOperationThatIsWrong)
{
	EXPECT_EQ(-ERANGE,
		  check({op(PCIPEEK_OP_READ), op(PCIPEEK_OP_READ, 256), op(PCIPEEK_OP_READ)}));
	EXPECT_EQ(0, ops_[0].error);
	EXPECT_EQ(-ERANGE, ops_[1].error);
}

TEST_F(ProgramCheck, AddsTheDelaysUpWithoutWrapping)
{
	const auto delay = [](std::uint64_t time) {
		return op(PCIPEEK_OP_DELAY, 0, 0, 0, time);
	};
	EXPECT_EQ(0, check({delay(500), delay(500)}));
	EXPECT_EQ(-EINVAL, check({delay(500), delay(501)}));
	EXPECT_EQ(-EINVAL, check({delay(1), delay(~0ULL)}));
	EXPECT_EQ(-EINVAL, check({delay(1)}, 0));
}

TEST_F(ProgramCheck, AsksForTheRightToWrite)
{
	EXPECT_EQ(-EACCES, check({op(PCIPEEK_OP_RMW, 4, 1, 1)}, 0, PCIPEEK_RIGHT_ALL_BARS));
	EXPECT_EQ(0, check({op(PCIPEEK_OP_READ)}, 0, PCIPEEK_RIGHT_ALL_BARS));
}

TEST_F(ProgramCheck, AsksForTheRightToItsBarAlone)
{
	pcipeek_limits limits{};
	limits.bar[1] = {256, 8};
	ops_ = {op(PCIPEEK_OP_READ)};
	ops_[0].bar = 1;
	const pcipeek_batch batch = test::batch_of(ops_);
	EXPECT_EQ(0, test::fetch(batch, PCIPEEK_RIGHT_BAR(1), limits).error);
	EXPECT_EQ(-EACCES, test::fetch(batch, PCIPEEK_RIGHT_BAR(0), limits).error);
}

} // namespace
