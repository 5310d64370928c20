// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
//
// BATCH: checked whole, in order, each access once, in turns, within its time.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <pthread.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <memory>
#include <thread>
#include <vector>

#include "attachment.hpp"
#include "machine.hpp"
#include "trace.hpp"

namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;
using vm::accesses_since;
using vm::batch_of;
using vm::Granted;
using vm::Mark;
using vm::mark_trace;
using vm::Attachment;

using Clock = std::chrono::steady_clock;

using vm::edu;
using vm::ivshmem;
using vm::testdev;
using vm::nvme;

/* edu's registers */
constexpr std::uint64_t edu_id = 0x00;
constexpr std::uint64_t edu_alive = 0x04;
constexpr std::uint64_t edu_factorial = 0x08;
constexpr std::uint64_t edu_status = 0x20;
constexpr std::uint64_t edu_dma_source = 0x80;

pcipeek_op op(std::uint8_t code, std::uint64_t offset, std::uint64_t value = 0,
	      std::uint64_t mask = 0)
{
	pcipeek_op made{};
	made.code = code;
	made.width = 4;
	made.offset = offset;
	made.value = value;
	made.mask = mask;
	return made;
}

pcipeek_op read_op(std::uint64_t offset)
{
	return op(PCIPEEK_OP_READ, offset);
}

pcipeek_op write_op(std::uint64_t offset, std::uint64_t value)
{
	return op(PCIPEEK_OP_WRITE, offset, value);
}

pcipeek_op rmw_op(std::uint64_t offset, std::uint64_t value, std::uint64_t mask)
{
	return op(PCIPEEK_OP_RMW, offset, value, mask);
}

std::uint64_t nanoseconds(Clock::duration time)
{
	return static_cast<std::uint64_t>(
		std::chrono::duration_cast<std::chrono::nanoseconds>(time).count());
}

pcipeek_op poll_op(std::uint64_t offset, std::uint64_t value, std::uint64_t mask,
		   Clock::duration timeout)
{
	pcipeek_op made = op(PCIPEEK_OP_POLL, offset, value, mask);
	made.timeout_ns = nanoseconds(timeout);
	return made;
}

pcipeek_op delay_op(Clock::duration time)
{
	pcipeek_op made{};
	made.code = PCIPEEK_OP_DELAY;
	made.timeout_ns = nanoseconds(time);
	return made;
}

pcipeek_op flush_op()
{
	pcipeek_op made{};
	made.code = PCIPEEK_OP_FLUSH;
	return made;
}

/* One BATCH and what came of it. */
struct Outcome {
	int error = 0;
	std::uint32_t done = 0;
	std::uint64_t generation = 0;
};

Outcome run(const Attachment &attachment, std::vector<pcipeek_op> &ops,
	    Clock::duration timeout = 0s, std::uint32_t flags = 0)
{
	pcipeek_batch batch = batch_of(ops, timeout);
	batch.flags = flags;
	const int error = attachment.ioctl(PCIPEEK_IOC_BATCH, &batch);
	return {error, batch.done, batch.generation};
}

class Batch : public testing::Test {
protected:
	Granted granted_{edu};
	Attachment attachment_{edu};
};

TEST_F(Batch, ReachesTheDeviceInOrderEachOnce)
{
	std::vector<pcipeek_op> ops = {read_op(edu_id), write_op(edu_alive, 0x0000ff00),
				       rmw_op(edu_alive, 0x12, 0xff), read_op(edu_alive)};
	const Mark mark = mark_trace();
	const Outcome outcome = run(attachment_, ops);
	EXPECT_EQ(0, outcome.error);
	EXPECT_EQ(4U, outcome.done);
	EXPECT_EQ(1U, outcome.generation);
	EXPECT_EQ(0x010000edU, ops[0].result);
	EXPECT_EQ(0xffff00ffU, ops[2].result) << "the old value";
	EXPECT_EQ(~0xffff0012U, ops[3].result);
	EXPECT_THAT(accesses_since(mark, edu),
		    ElementsAre("read bar0+0x00.l 0x010000ed", "write bar0+0x04.l 0x0000ff00",
				"read bar0+0x04.l 0xffff00ff", "write bar0+0x04.l 0xffff0012",
				"read bar0+0x04.l 0x0000ffed"));
}

TEST_F(Batch, Of1024MixedOperationsIsEachOneAccessOfItsWidth)
{
	std::vector<pcipeek_op> ops;
	std::vector<std::string> expected;
	for (unsigned i = 0; i < 512; i++) {
		std::array<char, 64> line{};
		ops.push_back(write_op(edu_alive, i));
		std::snprintf(line.data(), line.size(), "write bar0+0x04.l 0x%08x", i);
		expected.emplace_back(line.data());
		ops.push_back(read_op(edu_dma_source));
		ops.back().width = 8;
		expected.emplace_back("read bar0+0x80.q 0x0000000000000000");
	}
	std::vector<pcipeek_op> clear = {write_op(edu_dma_source, 0)};
	clear[0].width = 8;
	ASSERT_EQ(0, run(attachment_, clear).error);
	const Mark mark = mark_trace();
	const Outcome outcome = run(attachment_, ops);
	EXPECT_EQ(0, outcome.error);
	EXPECT_EQ(1024U, outcome.done);
	EXPECT_EQ(expected, accesses_since(mark, edu));
}

/* Which the module does in rows, 256 accesses under one guard. */
TEST_F(Batch, OfManyAlikeIsEachOneAccessInOrder)
{
	constexpr unsigned count = 600;
	for (const std::uint8_t code : {PCIPEEK_OP_READ, PCIPEEK_OP_WRITE, PCIPEEK_OP_RMW}) {
		std::vector<pcipeek_op> ops;
		std::vector<std::string> expected;
		for (unsigned i = 0; i < count; i++) {
			const bool alive = i % 7 != 0;
			ops.push_back(op(code, alive ? edu_alive : edu_dma_source,
					 code == PCIPEEK_OP_READ ? 0 : i,
					 code == PCIPEEK_OP_RMW ? 0xffffffff : 0));
			const std::string place = alive ? "bar0+0x04.l" : "bar0+0x80.l";
			if (code != PCIPEEK_OP_WRITE)
				expected.push_back("read " + place);
			if (code != PCIPEEK_OP_READ)
				expected.push_back("write " + place);
		}
		const Mark mark = mark_trace();
		EXPECT_EQ(count, run(attachment_, ops).done);
		std::vector<std::string> seen = accesses_since(mark, edu);
		for (std::string &access : seen)
			access.resize(access.rfind(' '));
		EXPECT_EQ(expected, seen) << "code " << static_cast<int>(code);
	}
}

/* A row ends at what is not like it, and begins again behind that. */
TEST_F(Batch, OfAlikeOnesInterruptedByOthersKeepsTheOrder)
{
	std::vector<pcipeek_op> ops;
	for (unsigned i = 0; i < 40; i++) {
		for (unsigned k = 0; k <= i % 20; k++)
			ops.push_back(read_op(edu_id));
		ops.push_back(write_op(edu_alive, i));
		ops.push_back(read_op(edu_alive));
	}
	EXPECT_EQ(ops.size(), run(attachment_, ops).done);
	for (std::size_t i = 0, last = 0; i < ops.size(); i++) {
		EXPECT_EQ(0, ops[i].error);
		if (ops[i].code == PCIPEEK_OP_WRITE)
			last = ops[i].value;
		else
			EXPECT_EQ(ops[i].offset == edu_id ? 0x010000ed : ~last & 0xffffffff,
				  ops[i].result)
				<< i;
	}
}

/* In memory, where every width can be, and results stay where they are. */
TEST(ABatchOfAlikeOnes, HasEachWidthsOwnValues)
{
	constexpr unsigned count = 100;
	const Granted granted(ivshmem);
	const Attachment attachment(ivshmem);
	for (const std::uint8_t width : {1, 2, 4, 8}) {
		const std::uint64_t ones = ~0ULL >> (64 - 8 * width);
		const auto made = [&](std::uint8_t code, unsigned i, std::uint64_t value,
				      std::uint64_t mask) {
			pcipeek_op each = op(code, 4096 + i * width, value & ones, mask & ones);
			each.width = width;
			each.bar = 2;
			return each;
		};
		std::vector<pcipeek_op> writes, updates, reads;
		for (unsigned i = 0; i < count; i++) {
			writes.push_back(made(PCIPEEK_OP_WRITE, i, 0x0101010101010101ULL * i, 0));
			updates.push_back(made(PCIPEEK_OP_RMW, i, ~0ULL, 0x80));
			reads.push_back(made(PCIPEEK_OP_READ, i, 0, 0));
		}
		EXPECT_EQ(count, run(attachment, writes).done);
		EXPECT_EQ(count, run(attachment, updates).done);
		EXPECT_EQ(count, run(attachment, reads).done);
		for (unsigned i = 0; i < count; i++) {
			const std::uint64_t before = 0x0101010101010101ULL * i & ones;
			EXPECT_EQ(before, updates[i].result) << +width << ": " << i;
			EXPECT_EQ(before | 0x80, reads[i].result) << +width << ": " << i;
			EXPECT_EQ(0U, writes[i].result);
		}
	}
}

TEST_F(Batch, CanBeSubmittedAgainAsItIs)
{
	std::vector<pcipeek_op> ops = {read_op(edu_id), read_op(edu_alive)};
	ASSERT_EQ(0, run(attachment_, ops).error);
	EXPECT_EQ(0, run(attachment_, ops).error);
}

TEST_F(Batch, ComputesAFactorialOnTheDevice)
{
	std::uint32_t expected = 1;
	for (std::uint32_t n = 1; n <= 12; n++) {
		expected *= n;
		std::vector<pcipeek_op> ops = {write_op(edu_factorial, n),
					       poll_op(edu_status, 0, 1, 2s),
					       read_op(edu_factorial)};
		const Outcome outcome = run(attachment_, ops, 5s);
		EXPECT_EQ(0, outcome.error);
		EXPECT_EQ(expected, ops[2].result) << n;
	}
}

TEST_F(Batch, FlushMakesNoAccessOfABar)
{
	std::vector<pcipeek_op> ops = {flush_op(), read_op(edu_id), flush_op()};
	const Mark mark = mark_trace();
	EXPECT_EQ(0, run(attachment_, ops).error);
	EXPECT_THAT(accesses_since(mark, edu), ElementsAre("read bar0+0x00.l 0x010000ed"));
}

/* Each is as dear as an access: a section has 256 of either, and ends with the time. */
TEST_F(Batch, OfManyFlushesEndsWithItsTime)
{
	std::vector<pcipeek_op> ops(PCIPEEK_BATCH_MAX_OPS, flush_op());
	EXPECT_EQ(0, run(attachment_, ops).error);
	const Outcome outcome = run(attachment_, ops, 10us);
	EXPECT_EQ(ETIMEDOUT, outcome.error);
	EXPECT_LT(0U, outcome.done);
	EXPECT_GE(256U, outcome.done);
}

/* What is malformed; everything else in it is right. */
struct BadOp {
	const char *name;
	pcipeek_op bad;
	int error;
};

std::ostream &operator<<(std::ostream &out, const BadOp &bad)
{
	return out << bad.name;
}

template <class Change>
pcipeek_op changed(pcipeek_op made, Change change)
{
	change(made);
	return made;
}

const std::vector<BadOp> bad_ops = {
	{"Code0", op(0, 0), EINVAL},
	{"Code7", op(7, 0), EINVAL},
	{"AReservedByte", changed(read_op(0), [](auto &o) { o.reserved0 = 1; }), EINVAL},
	{"AReservedWord", changed(read_op(0), [](auto &o) { o.reserved1 = 1; }), EINVAL},
	{"AFlagOfARead", changed(read_op(0), [](auto &o) { o.flags = 1; }), EINVAL},
	{"AnUnknownFlagOfAPoll", changed(poll_op(0, 0, 1, 0s), [](auto &o) { o.flags = 2; }),
	 EINVAL},
	{"AValueOfARead", op(PCIPEEK_OP_READ, 0, 1), EINVAL},
	{"AMaskOfARead", op(PCIPEEK_OP_READ, 0, 0, 1), EINVAL},
	{"AMaskOfAWrite", op(PCIPEEK_OP_WRITE, 4, 0, 1), EINVAL},
	{"ATimeOfARead", changed(read_op(0), [](auto &o) { o.timeout_ns = 1; }), EINVAL},
	{"AnIntervalOfAWrite", changed(write_op(4, 0), [](auto &o) { o.interval_us = 1; }), EINVAL},
	{"AValueOutsideItsMask", poll_op(0, 3, 1, 0s), EINVAL},
	{"AValueWiderThanItsWidth", write_op(4, 1ULL << 32), EINVAL},
	{"AMaskWiderThanItsWidth", rmw_op(4, 0, 1ULL << 32), EINVAL},
	{"APollMaskWiderThanItsWidth", poll_op(0, 0, 1ULL << 32, 0s), EINVAL},
	{"AWidthOfADelay", changed(delay_op(1us), [](auto &o) { o.width = 4; }), EINVAL},
	{"AnOffsetOfAFlush", changed(flush_op(), [](auto &o) { o.offset = 4; }), EINVAL},
	{"ABarOfAFlush", changed(flush_op(), [](auto &o) { o.bar = 1; }), EINVAL},
	{"ADelayLongerThanTheBatch", delay_op(2s), EINVAL},
	{"ADelayOfForever", changed(delay_op(1us), [](auto &o) { o.timeout_ns = ~0ULL; }), EINVAL},
	{"APollOfForever", changed(poll_op(0, 0, 1, 0s), [](auto &o) { o.timeout_ns = ~0ULL; }),
	 EINVAL},
	{"Bar6", changed(read_op(0), [](auto &o) { o.bar = 6; }), ENXIO},
	{"ABarThatIsNotThere", changed(read_op(0), [](auto &o) { o.bar = 1; }), ENXIO},
	{"Width3", changed(read_op(0), [](auto &o) { o.width = 3; }), EINVAL},
	{"OnePastTheEnd", read_op(1 << 20), ERANGE},
	{"Offset2To63", read_op(1ULL << 63), ERANGE},
	{"Misaligned", read_op(2), EINVAL},
};

class BadBatch : public testing::TestWithParam<BadOp> {
protected:
	Granted granted_{edu};
	Attachment attachment_{edu};
};

TEST_P(BadBatch, RunsNothing)
{
	std::vector<pcipeek_op> ops = {write_op(edu_alive, 1), GetParam().bad,
				       write_op(edu_alive, 2)};
	const Mark mark = mark_trace();
	const Outcome outcome = run(attachment_, ops, 1s);
	EXPECT_EQ(GetParam().error, outcome.error);
	EXPECT_EQ(0U, outcome.done);
	EXPECT_EQ(0, ops[0].error);
	EXPECT_EQ(-GetParam().error, ops[1].error);
	EXPECT_THAT(accesses_since(mark, edu), IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(Contract, BadBatch, testing::ValuesIn(bad_ops),
			 [](const auto &info) { return info.param.name; });

TEST_F(Batch, OfABadCountOrSizeRunsNothing)
{
	std::vector<pcipeek_op> ops(1025, read_op(edu_id));
	const Mark mark = mark_trace();
	for (const auto &[count, error] : std::vector<std::pair<std::uint32_t, int>>{
		     {0, EINVAL}, {1025, E2BIG}, {0x10000001, E2BIG}, {~0U, E2BIG}}) {
		pcipeek_batch batch = batch_of(ops);
		batch.count = count;
		EXPECT_EQ(error, attachment_.ioctl(PCIPEEK_IOC_BATCH, &batch)) << count;
	}
	for (const auto &[size, error] : std::vector<std::pair<std::uint32_t, int>>{
		     {0, EINVAL}, {63, EINVAL}, {4097, E2BIG}, {~0U, E2BIG}}) {
		pcipeek_batch batch = batch_of(ops);
		batch.count = 1;
		batch.op_size = size;
		EXPECT_EQ(error, attachment_.ioctl(PCIPEEK_IOC_BATCH, &batch)) << size;
	}
	pcipeek_batch batch = batch_of(ops);
	batch.count = 1;
	batch.timeout_ns = PCIPEEK_BATCH_MAX_TIMEOUT_NS + 1;
	EXPECT_EQ(EINVAL, attachment_.ioctl(PCIPEEK_IOC_BATCH, &batch));
	EXPECT_THAT(accesses_since(mark, edu), IsEmpty());
}

TEST_F(Batch, TakesLongerOperationsWithAZeroTail)
{
	std::array<std::array<std::uint64_t, 9>, 2> longer{};
	const pcipeek_op made = read_op(edu_id);
	for (auto &one : longer)
		std::memcpy(one.data(), &made, sizeof(made));
	pcipeek_batch batch = batch_of({reinterpret_cast<pcipeek_op *>(longer.data()), 2});
	batch.op_size = sizeof(longer[0]);
	ASSERT_EQ(0, attachment_.ioctl(PCIPEEK_IOC_BATCH, &batch));
	EXPECT_EQ(0x010000edU, longer[1][4]) << "result";
	longer[1][8] = 1;
	EXPECT_EQ(E2BIG, attachment_.ioctl(PCIPEEK_IOC_BATCH, &batch));
}

TEST_F(Batch, ThatCannotStoreItsResultsRunsNothing)
{
	void *page =
		::mmap(nullptr, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	ASSERT_NE(MAP_FAILED, page);
	const pcipeek_op made = read_op(edu_id);
	std::memcpy(page, &made, sizeof(made));
	ASSERT_EQ(0, ::mprotect(page, 4096, PROT_READ));
	pcipeek_batch batch = batch_of({static_cast<pcipeek_op *>(page), 1});
	const Mark mark = mark_trace();
	EXPECT_EQ(EFAULT, attachment_.ioctl(PCIPEEK_IOC_BATCH, &batch));
	EXPECT_THAT(accesses_since(mark, edu), IsEmpty());
	::munmap(page, 4096);
}

TEST_F(Batch, WithoutTheRightToWriteMayOnlyRead)
{
	const Attachment reader(edu, PCIPEEK_RIGHT_ALL_BARS, 0, O_RDONLY);
	std::vector<pcipeek_op> reads = {read_op(edu_id), poll_op(edu_id, 0, 0, 0s)};
	EXPECT_EQ(0, run(reader, reads).error);
	std::vector<pcipeek_op> writes = {read_op(edu_id), rmw_op(edu_alive, 1, 1)};
	const Mark mark = mark_trace();
	EXPECT_EQ(EACCES, run(reader, writes).error);
	EXPECT_EQ(EACCES, run(reader, reads, 0s, PCIPEEK_BATCH_HOLD).error);
	EXPECT_THAT(accesses_since(mark, edu), IsEmpty());
}

TEST_F(Batch, OfAnotherGenerationIsEAGAIN)
{
	std::vector<pcipeek_op> ops = {read_op(edu_id)};
	pcipeek_batch batch = batch_of(ops);
	batch.generation = 7;
	const Mark mark = mark_trace();
	EXPECT_EQ(EAGAIN, attachment_.ioctl(PCIPEEK_IOC_BATCH, &batch));
	EXPECT_EQ(0U, batch.done);
	EXPECT_THAT(accesses_since(mark, edu), IsEmpty());
}

TEST_F(Batch, PollOfTimeZeroIsOneRead)
{
	std::vector<pcipeek_op> ops = {poll_op(edu_id, 0, 1, 0s), read_op(edu_id)};
	const Mark mark = mark_trace();
	const Outcome outcome = run(attachment_, ops);
	EXPECT_EQ(ETIMEDOUT, outcome.error);
	EXPECT_EQ(0U, outcome.done);
	EXPECT_EQ(-ETIMEDOUT, ops[0].error);
	EXPECT_EQ(0x010000edU, ops[0].result);
	EXPECT_EQ(1U, accesses_since(mark, edu).size());
}

TEST_F(Batch, PollForNotEqualEndsAtOnce)
{
	std::vector<pcipeek_op> ops = {poll_op(edu_id, 0, 0xff, 1s)};
	ops[0].flags = PCIPEEK_OP_NOT_EQUAL;
	EXPECT_EQ(0, run(attachment_, ops, 1s).error);
	EXPECT_EQ(0x010000edU, ops[0].result);
}

TEST_F(Batch, PollReturnsWithinItsTimeWithTheLastValue)
{
	std::vector<pcipeek_op> ops = {poll_op(edu_id, 0, 1, 50ms)};
	const auto start = Clock::now();
	EXPECT_EQ(ETIMEDOUT, run(attachment_, ops, 1s).error);
	EXPECT_GE(Clock::now() - start, 50ms);
	EXPECT_LT(Clock::now() - start, 2s);
	EXPECT_EQ(0x010000edU, ops[0].result);
}

TEST_F(Batch, PollWakesEarlyWhenTheRegisterChanges)
{
	std::vector<pcipeek_op> ops = {poll_op(edu_alive, 0x55, 0xff, 10s)};
	ASSERT_EQ(0, attachment_.write(vm::access_at(0, edu_alive, 4, 0)));
	std::thread other(
		[this] { EXPECT_EQ(0, attachment_.write(vm::access_at(0, edu_alive, 4, 0xaa))); });
	const auto start = Clock::now();
	EXPECT_EQ(0, run(attachment_, ops, 10s).error);
	EXPECT_LT(Clock::now() - start, 5s);
	other.join();
}

TEST_F(Batch, DelayTakesItsTime)
{
	std::vector<pcipeek_op> ops = {delay_op(30ms), read_op(edu_id)};
	const auto start = Clock::now();
	EXPECT_EQ(0, run(attachment_, ops, 1s).error);
	EXPECT_GE(Clock::now() - start, 30ms);
}

void ignore(int)
{
}

TEST_F(Batch, ThatASignalInterruptsReportsWhatWasDoneAndRanNothingTwice)
{
	struct sigaction action {};
	action.sa_handler = ignore;
	action.sa_flags = SA_RESTART;
	ASSERT_EQ(0, ::sigaction(SIGUSR1, &action, nullptr));
	std::vector<pcipeek_op> ops = {write_op(edu_alive, 1), poll_op(edu_id, 0, 1, 10s),
				       write_op(edu_alive, 2)};
	const pthread_t self = ::pthread_self();
	std::atomic<bool> over = false;
	std::thread caller([&] {
		while (!over) {
			::pthread_kill(self, SIGUSR1);
			std::this_thread::sleep_for(1ms);
		}
	});
	const Mark mark = mark_trace();
	Outcome outcome;
	do
		outcome = run(attachment_, ops, 10s);
	while (outcome.error == EINTR && outcome.done == 0);
	over = true;
	caller.join();
	EXPECT_EQ(EINTR, outcome.error);
	EXPECT_EQ(1U, outcome.done);
	EXPECT_EQ(-EINTR, ops[1].error);
	const auto seen = accesses_since(mark, edu);
	EXPECT_EQ(1, std::count(seen.begin(), seen.end(), "write bar0+0x04.l 0x00000001"));
	EXPECT_EQ(0, std::count(seen.begin(), seen.end(), "write bar0+0x04.l 0x00000002"));
}

TEST_F(Batch, RmwFromFourProcessesLosesNoUpdate)
{
	constexpr int processes = 4;
	constexpr int rounds = 25000;
	std::vector<pcipeek_op> clear = {write_op(edu_dma_source, 0)};
	ASSERT_EQ(0, run(attachment_, clear).error);
	for (int i = 0; i < processes; i++) {
		if (::fork() != 0)
			continue;
		const Attachment mine(edu);
		const unsigned shift = 8 * i;
		int failed = 0;
		for (int round = 1; round <= rounds; round++) {
			std::vector<pcipeek_op> ops = {
				rmw_op(edu_dma_source, (round & 0xffU) << shift, 0xffU << shift)};
			const Outcome outcome = run(mine, ops, 10s);
			const unsigned before = ops[0].result >> shift & 0xff;
			failed += outcome.error != 0 || before != ((round - 1) & 0xffU);
		}
		::_exit(failed != 0);
	}
	for (int i = 0; i < processes; i++) {
		int status = 0;
		::wait(&status);
		EXPECT_EQ(0, status);
	}
	pcipeek_access access = vm::access_at(0, edu_dma_source, 4);
	EXPECT_EQ(0, attachment_.read(access));
	EXPECT_EQ(0x01010101U * (rounds & 0xff), access.value);
}

TEST_F(Batch, PollingForLongDoesNotKeepAnothersRmwWaiting)
{
	std::atomic<bool> over = false;
	std::atomic<int> polls = 0;
	std::thread poller([&] {
		const Attachment mine(edu);
		while (!over) {
			std::vector<pcipeek_op> ops = {write_op(edu_dma_source, 0),
						       poll_op(edu_alive, 0x77, 0xff, 10s)};
			polls++;
			run(mine, ops, 10s);
		}
	});
	while (!polls)
		std::this_thread::yield();
	for (int i = 0; i < 20; i++) {
		std::vector<pcipeek_op> ops = {rmw_op(edu_dma_source, 1, 1)};
		const auto start = Clock::now();
		EXPECT_EQ(0, run(attachment_, ops, 10s).error);
		EXPECT_LT(Clock::now() - start, 1s);
	}
	over = true;
	EXPECT_EQ(0, attachment_.write(vm::access_at(0, edu_alive, 4, ~0x77U)));
	poller.join();
}

TEST_F(Batch, HoldKeepsOthersOutWhileItWaits)
{
	std::atomic<bool> started = false;
	std::thread holder([&] {
		const Attachment mine(edu);
		std::vector<pcipeek_op> ops = {write_op(edu_dma_source, 0x11), delay_op(300ms),
					       write_op(edu_dma_source, 0x22)};
		started = true;
		EXPECT_EQ(0, run(mine, ops, 1s, PCIPEEK_BATCH_HOLD).error);
	});
	pcipeek_access access = vm::access_at(0, edu_dma_source, 4);
	while (access.value != 0x11)
		EXPECT_EQ(0, attachment_.read(access));
	std::vector<pcipeek_op> late = {rmw_op(edu_dma_source, 0, 0)};
	EXPECT_EQ(ETIMEDOUT, run(attachment_, late).error) << "a batch without time does not wait";
	EXPECT_EQ(ETIMEDOUT, run(attachment_, late, 20ms).error);
	std::vector<pcipeek_op> patient = {rmw_op(edu_dma_source, 0, 0)};
	EXPECT_EQ(0, run(attachment_, patient, 5s).error);
	EXPECT_EQ(0x22U, patient[0].result);
	std::vector<pcipeek_op> reader = {read_op(edu_id)};
	EXPECT_EQ(0, run(attachment_, reader).error);
	holder.join();
}

TEST_F(Batch, EndsWithENODEVWhenTheFunctionIsTakenWhileItWaits)
{
	auto granted = std::make_unique<Granted>(testdev);
	const Attachment attachment(testdev);
	std::vector<pcipeek_op> ops = {read_op(0), delay_op(9s), read_op(0)};
	ops[0].width = ops[2].width = 1;
	std::thread taker([&] {
		std::this_thread::sleep_for(20ms);
		granted.reset();
	});
	const auto start = Clock::now();
	const Outcome outcome = run(attachment, ops, 10s);
	EXPECT_EQ(ENODEV, outcome.error);
	EXPECT_EQ(1U, outcome.done);
	EXPECT_LT(Clock::now() - start, 5s);
	taker.join();
}

TEST(ABatch, AcrossAResetIsEAGAIN)
{
	const Granted granted(nvme);
	const Attachment attachment(nvme);
	std::vector<pcipeek_op> ops = {read_op(8), delay_op(1500ms), read_op(8)};
	std::thread resetter([] {
		std::this_thread::sleep_for(100ms);
		EXPECT_EQ(0, vm::write_pci("devices/" + nvme + "/reset", "1"));
	});
	const Outcome outcome = run(attachment, ops, 10s);
	resetter.join();
	EXPECT_EQ(EAGAIN, outcome.error);
	EXPECT_EQ(2U, outcome.done) << "the read and the delay";
	EXPECT_EQ(1U, outcome.generation);
}

TEST_F(Batch, NeedsAllItsBars)
{
	const Attachment attachment(edu, PCIPEEK_RIGHT_BAR(1) | PCIPEEK_RIGHT_WRITE);
	std::vector<pcipeek_op> ops = {read_op(edu_id)};
	EXPECT_EQ(EACCES, run(attachment, ops).error);
}

} // namespace
