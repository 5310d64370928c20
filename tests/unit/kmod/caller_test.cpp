// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
//
// Operations in memory of the caller that is not there, or that is not the batch's.
#include "ops.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cerrno>
#include <cstddef>
#include <cstring>

extern "C" pcipeek_caller pcipeek_caller;

namespace {

namespace test = pcipeek::test;

constexpr std::int32_t untouched = 99;
constexpr std::uint64_t pattern = 0xaaaaaaaaaaaaaaaa;

/* Reads that are alike, writes that are alike, or neither. */
enum class Kind {
	reads,
	writes,
	mixed
};

pcipeek_op operation(Kind kind, std::size_t index)
{
	pcipeek_op made{};
	made.code = kind == Kind::writes ? PCIPEEK_OP_WRITE : PCIPEEK_OP_READ;
	if (kind == Kind::mixed && index % 2)
		made.code = PCIPEEK_OP_RMW;
	made.width = 4;
	made.offset = 4 * index;
	made.result = pattern;
	made.error = untouched;
	return made;
}

/* A batch, and one more operation behind it that is none of its. */
class ACallersBatch : public testing::TestWithParam<Kind> {
protected:
	static constexpr std::size_t count = 17;

	ACallersBatch()
	{
		for (std::size_t i = 0; i <= count; i++)
			memory_.push_back(operation(GetParam(), i));
		batch_ = test::batch_of(memory_);
		batch_.count = count;
	}

	~ACallersBatch() override
	{
		EXPECT_EQ(0, pcipeek_caller.accesses) << "what began has not ended";
		pcipeek_caller = {};
	}

	int fetch()
	{
		pcipeek_limits limits{};
		limits.bar[0] = {4096, 8};
		fetched_ =
			test::fetch(batch_, PCIPEEK_RIGHT_ALL_BARS | PCIPEEK_RIGHT_WRITE, limits);
		return fetched_.error;
	}

	/* As if @done of them had run, and the next had failed. */
	int store(std::uint32_t done)
	{
		batch_.done = done;
		for (auto &op : fetched_.ops)
			op.result = 5;
		if (done < count)
			fetched_.ops[done].error = -EIO;
		return pcipeek_ops_store(fetched_.ops.data(), &batch_);
	}

	template <class T>
	void hole(const T &field)
	{
		pcipeek_caller.hole = reinterpret_cast<std::uintptr_t>(&field);
		pcipeek_caller.hole_end = reinterpret_cast<std::uintptr_t>(&field + 1);
	}

	void no_hole()
	{
		pcipeek_caller.hole_end = 0;
	}

	std::vector<pcipeek_op> memory_;
	pcipeek_batch batch_{};
	test::Fetched fetched_;
};

TEST_P(ACallersBatch, IsFaultyWhereverAnOperationOfItIsNotThere)
{
	for (std::size_t at = 0; at < count; at++) {
		hole(memory_[at]);
		EXPECT_EQ(-EFAULT, fetch()) << at;
	}
}

/* Although the errors beside it can be cleared. */
TEST_P(ACallersBatch, IsFaultyWhereAFieldCannotBeRead)
{
	for (std::size_t at = 0; at < count; at++) {
		hole(memory_[at].offset);
		EXPECT_EQ(-EFAULT, fetch()) << at;
		EXPECT_EQ(untouched, memory_[at].error) << at;
	}
}

TEST_P(ACallersBatch, IsFaultyWhereAnErrorCannotBeCleared)
{
	for (std::size_t at = 0; at < count; at++) {
		hole(memory_[at].error);
		EXPECT_EQ(-EFAULT, fetch()) << at;
	}
}

TEST_P(ACallersBatch, IsFaultyIfItIsForReadingOnly)
{
	pcipeek_caller.read_only = true;
	EXPECT_EQ(-EFAULT, fetch());
	EXPECT_EQ(untouched, memory_[0].error);
}

TEST_P(ACallersBatch, IsFetchedWithoutALookAtWhatIsBehindIt)
{
	hole(memory_[count]);
	EXPECT_EQ(0, fetch());
	EXPECT_EQ(0, store(count));
}

TEST_P(ACallersBatch, ChangesNothingBehindIt)
{
	ASSERT_EQ(0, fetch());
	for (std::size_t at = 0; at < count; at++)
		EXPECT_EQ(0, memory_[at].error) << at;
	EXPECT_EQ(untouched, memory_[count].error);
	ASSERT_EQ(0, store(count));
	EXPECT_EQ(untouched, memory_[count].error);
	EXPECT_EQ(pattern, memory_[count].result);
}

/* Behind its end may be the kernel's. */
TEST_P(ACallersBatch, IsFaultyUnlessAllOfItIsInTheCallersMemory)
{
	ASSERT_EQ(0, fetch());
	const auto fetched = fetched_;
	for (std::size_t at = 0; at < count; at++) {
		pcipeek_caller.end = reinterpret_cast<std::uintptr_t>(&memory_[at]) + 1;
		EXPECT_EQ(-EFAULT, fetch()) << at;
		fetched_ = fetched;
		EXPECT_EQ(-EFAULT, store(count)) << at;
	}
	pcipeek_caller.end = reinterpret_cast<std::uintptr_t>(&memory_[count]);
	EXPECT_EQ(0, fetch());
	EXPECT_EQ(0, store(count));
}

TEST_P(ACallersBatch, IsFaultyWhereAResultCannotBeStored)
{
	for (std::size_t at = 0; at < count; at++) {
		ASSERT_EQ(0, fetch());
		hole(memory_[at].result);
		EXPECT_EQ(GetParam() == Kind::writes ? 0 : -EFAULT, store(count)) << at;
		no_hole();
	}
}

TEST_P(ACallersBatch, StaysFaultyWhenOnlyTheFailureCanBeTold)
{
	ASSERT_EQ(0, fetch());
	hole(memory_[0].result);
	EXPECT_EQ(GetParam() == Kind::writes ? 0 : -EFAULT, store(3));
}

TEST_P(ACallersBatch, IsFaultyWhereAFailureCannotBeTold)
{
	ASSERT_EQ(0, fetch());
	hole(memory_[3].error);
	EXPECT_EQ(-EFAULT, store(3));
}

INSTANTIATE_TEST_SUITE_P(Of, ACallersBatch,
			 testing::Values(Kind::reads, Kind::writes, Kind::mixed));

class AnUpdateThatFailed : public ACallersBatch {};

TEST_P(AnUpdateThatFailed, IsFaultyWhereWhatItReadCannotBeStored)
{
	ASSERT_EQ(0, fetch());
	hole(memory_[3].result);
	EXPECT_EQ(-EFAULT, store(3));
}

INSTANTIATE_TEST_SUITE_P(Of, AnUpdateThatFailed, testing::Values(Kind::mixed));

/* An operation of tomorrow: ours, and a field that we do not know. */
struct Longer {
	pcipeek_op op;
	std::uint64_t unknown;
};

class LongerOperations : public testing::Test {
protected:
	LongerOperations()
	{
		for (std::size_t i = 0; i < memory_.size(); i++)
			memory_[i].op = operation(Kind::writes, i);
		memory_[1].op.code = PCIPEEK_OP_READ;
		batch_.ops = reinterpret_cast<std::uintptr_t>(memory_.data());
		batch_.op_size = sizeof(memory_[0]);
		batch_.count = static_cast<std::uint32_t>(memory_.size());
	}

	~LongerOperations() override
	{
		pcipeek_caller = {};
	}

	int fetch()
	{
		pcipeek_limits limits{};
		limits.bar[0] = {4096, 8};
		fetched_ =
			test::fetch(batch_, PCIPEEK_RIGHT_ALL_BARS | PCIPEEK_RIGHT_WRITE, limits);
		return fetched_.error;
	}

	int store()
	{
		for (auto &op : fetched_.ops)
			op.result = 5;
		batch_.done = batch_.count;
		return pcipeek_ops_store(fetched_.ops.data(), &batch_);
	}

	template <class T>
	void hole(const T &field)
	{
		pcipeek_caller.hole = reinterpret_cast<std::uintptr_t>(&field);
		pcipeek_caller.hole_end = reinterpret_cast<std::uintptr_t>(&field + 1);
	}

	std::array<Longer, 3> memory_{};
	pcipeek_batch batch_{};
	test::Fetched fetched_;
};

TEST_F(LongerOperations, AreEachFetchedByThemselves)
{
	ASSERT_EQ(0, fetch());
	for (std::size_t i = 0; i < memory_.size(); i++) {
		EXPECT_EQ(4 * i, fetched_.ops[i].offset);
		EXPECT_EQ(0, memory_[i].op.error);
	}
}

TEST_F(LongerOperations, AreAllClearedOfTheirErrorsHoweverManyThereAre)
{
	std::vector<Longer> many(20);
	for (std::size_t i = 0; i < many.size(); i++)
		many[i].op = operation(Kind::reads, i);
	batch_.ops = reinterpret_cast<std::uintptr_t>(many.data());
	batch_.count = static_cast<std::uint32_t>(many.size());
	ASSERT_EQ(0, fetch());
	for (std::size_t i = 0; i < many.size(); i++) {
		EXPECT_EQ(0, many[i].op.error) << i;
		many[i].op.error = untouched;
		const pcipeek_op before = operation(Kind::reads, i);
		EXPECT_EQ(0, std::memcmp(&before, &many[i].op, sizeof(before))) << i;
	}
}

/* Behind their end may be the kernel's. */
TEST_F(LongerOperations, AreFaultyUnlessAllOfThemAreInTheCallersMemory)
{
	pcipeek_caller.end = reinterpret_cast<std::uintptr_t>(&memory_.back() + 1);
	EXPECT_EQ(0, fetch());
	pcipeek_caller.end--;
	EXPECT_EQ(-EFAULT, fetch());
}

TEST_F(LongerOperations, AreLeftAloneIfTheyHaveWhatWeDoNotKnow)
{
	memory_[1].unknown = 1;
	EXPECT_EQ(-E2BIG, fetch());
	EXPECT_EQ(untouched, memory_[1].op.error);
}

TEST_F(LongerOperations, AreFaultyWhereTheyAreNotThere)
{
	hole(memory_[1].unknown);
	EXPECT_EQ(-EFAULT, fetch());
	EXPECT_EQ(untouched, memory_[1].op.error);
	hole(memory_[1].op.offset);
	EXPECT_EQ(-EFAULT, fetch());
}

TEST_F(LongerOperations, AreFaultyWhereAnErrorCannotBeCleared)
{
	pcipeek_caller.read_only = true;
	EXPECT_EQ(-EFAULT, fetch());
}

TEST_F(LongerOperations, GiveBackTheResultsOfWhatHasOne)
{
	ASSERT_EQ(0, fetch());
	ASSERT_EQ(0, store());
	EXPECT_EQ(pattern, memory_[0].op.result);
	EXPECT_EQ(5U, memory_[1].op.result);
	EXPECT_EQ(pattern, memory_[2].op.result);
}

TEST_F(LongerOperations, GiveBackOnlyWhatWasDone)
{
	for (auto &longer : memory_)
		longer.op.code = PCIPEEK_OP_READ;
	ASSERT_EQ(0, fetch());
	for (auto &op : fetched_.ops)
		op.result = 5;
	fetched_.ops[2].error = -EIO;
	batch_.done = 2;
	ASSERT_EQ(0, pcipeek_ops_store(fetched_.ops.data(), &batch_));
	EXPECT_EQ(5U, memory_[0].op.result);
	EXPECT_EQ(5U, memory_[1].op.result);
	EXPECT_EQ(pattern, memory_[2].op.result);
	EXPECT_EQ(-EIO, memory_[2].op.error);
}

TEST_F(LongerOperations, AreFaultyWhereAResultCannotBeStored)
{
	ASSERT_EQ(0, fetch());
	hole(memory_[1].op.result);
	EXPECT_EQ(-EFAULT, store());
}

} // namespace
