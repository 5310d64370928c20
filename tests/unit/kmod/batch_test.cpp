// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
//
// The form of a batch and of its operations. Each test has one thing wrong.

#include "ops.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <functional>
#include <ostream>
#include <string>
#include <sys/mman.h>
#include <vector>

namespace {

constexpr std::uint64_t all = PCIPEEK_RIGHT_ALL_BARS | PCIPEEK_RIGHT_WRITE;

pcipeek_batch batch_of_one()
{
	pcipeek_batch made{};
	made.count = 1;
	made.timeout_ns = 1000;
	return made;
}

int check(const pcipeek_batch &batch, std::uint64_t rights = all)
{
	return pcipeek_check_batch(&batch, rights);
}

TEST(ModuleChecksABatch, KnowsItsFlagsAndReservedFields)
{
	pcipeek_batch batch = batch_of_one();
	EXPECT_EQ(0, check(batch));
	batch.reserved = 1;
	EXPECT_EQ(-EINVAL, check(batch));
	for (unsigned bit = 1; bit < 32; bit++) {
		batch = batch_of_one();
		batch.flags = 1U << bit;
		EXPECT_EQ(-EINVAL, check(batch)) << bit;
	}
}

TEST(ModuleChecksABatch, BoundsItsTime)
{
	pcipeek_batch batch = batch_of_one();
	batch.timeout_ns = PCIPEEK_BATCH_MAX_TIMEOUT_NS;
	EXPECT_EQ(0, check(batch));
	batch.timeout_ns++;
	EXPECT_EQ(-EINVAL, check(batch));
}

TEST(ModuleChecksABatch, BoundsItsOperations)
{
	pcipeek_batch batch = batch_of_one();
	batch.count = 0;
	EXPECT_EQ(-EINVAL, check(batch));
	batch.count = PCIPEEK_BATCH_MAX_OPS;
	EXPECT_EQ(0, check(batch));
	batch.count++;
	EXPECT_EQ(-E2BIG, check(batch));
}

TEST(ModuleChecksABatch, HoldsOnlyForThoseWhoMayWrite)
{
	pcipeek_batch batch = batch_of_one();
	batch.flags = PCIPEEK_BATCH_HOLD;
	EXPECT_EQ(0, check(batch));
	EXPECT_EQ(-EACCES, check(batch, PCIPEEK_RIGHT_ALL_BARS));
	EXPECT_EQ(0, check(batch_of_one(), PCIPEEK_RIGHT_ALL_BARS)) << "this one does not hold";
}

pcipeek_op op_of(unsigned code)
{
	pcipeek_op made{};
	made.code = static_cast<std::uint8_t>(code);
	if (code != PCIPEEK_OP_DELAY && code != PCIPEEK_OP_FLUSH)
		made.width = 4;
	return made;
}

/* In two BARs of that length; @writes: does it change anything? */
int check_all(std::vector<pcipeek_op> &ops, std::uint64_t length, bool &writes)
{
	pcipeek_batch batch = pcipeek::test::batch_of(ops);
	pcipeek_limits limits{};
	limits.bar[0] = {length, 8};
	limits.bar[1] = {length, 8};
	batch.timeout_ns = 1000;
	const auto fetched = pcipeek::test::fetch(batch, all, limits);
	writes = fetched.writes;
	return fetched.error;
}

int check_all(std::vector<pcipeek_op> &ops, std::uint64_t length = 256)
{
	bool writes = false;
	return check_all(ops, length, writes);
}

int check(pcipeek_op op)
{
	std::vector<pcipeek_op> ops{op};
	const int error = check_all(ops);
	EXPECT_EQ(error, ops[0].error);
	return error;
}

TEST(ModuleChecksAnOperation, KnowsSixCodes)
{
	for (unsigned code = 0; code < 256; code++)
		EXPECT_EQ(code >= 1 && code <= 6 ? 0 : -EINVAL, check(op_of(code))) << code;
}

TEST(ModuleChecksAnOperation, ThatWhatAPollComparesIsInItsMask)
{
	pcipeek_op poll = op_of(PCIPEEK_OP_POLL);
	poll.value = 3;
	poll.mask = 3;
	EXPECT_EQ(0, check(poll));
	poll.mask = 1;
	EXPECT_EQ(-EINVAL, check(poll));
}

TEST(ModuleChecksAnOperation, ThatItsMaskFits)
{
	pcipeek_op update = op_of(PCIPEEK_OP_RMW);
	update.mask = 0xffffffff;
	EXPECT_EQ(0, check(update));
	update.mask++;
	EXPECT_EQ(-EINVAL, check(update));
}

TEST(ModuleChecksAnOperation, ThatItsTimeIsThatOfTheBatchAtMost)
{
	pcipeek_op poll = op_of(PCIPEEK_OP_POLL);
	poll.timeout_ns = 1000;
	EXPECT_EQ(0, check(poll));
	poll.timeout_ns++;
	EXPECT_EQ(-EINVAL, check(poll));
}

/* A field, and the codes of the operations that have a use for it. */
struct Field {
	std::string claim;
	std::function<void(pcipeek_op &)> set;
	std::vector<unsigned> users;
};

std::ostream &operator<<(std::ostream &out, const Field &field)
{
	return out << field.claim;
}

class AField : public testing::TestWithParam<Field> {};

TEST_P(AField, IsZeroWhereItHasNoUse)
{
	for (unsigned code = PCIPEEK_OP_READ; code <= PCIPEEK_OP_FLUSH; code++) {
		const auto &users = GetParam().users;
		const bool used = std::find(users.begin(), users.end(), code) != users.end();
		pcipeek_op op = op_of(code);
		GetParam().set(op);
		EXPECT_EQ(used ? 0 : -EINVAL, check(op)) << code;
	}
}

INSTANTIATE_TEST_SUITE_P(
	OfAnOperation, AField,
	testing::Values(Field{"Reserved0", [](auto &op) { op.reserved0 = 1; }, {}},
			Field{"Reserved1", [](auto &op) { op.reserved1 = 1; }, {}},
			Field{"NotEqual", [](auto &op) { op.flags = PCIPEEK_OP_NOT_EQUAL; }, {4}},
			Field{"OtherFlags", [](auto &op) { op.flags = 2; }, {}},
			Field{"Width", [](auto &op) { op.width = 1; }, {1, 2, 3, 4}},
			Field{"Bar", [](auto &op) { op.bar = 1; }, {1, 2, 3, 4}},
			Field{"Offset", [](auto &op) { op.offset = 4; }, {1, 2, 3, 4}},
			Field{"Value", [](auto &op) { op.value = 1; }, {2, 3}},
			Field{"Mask", [](auto &op) { op.mask = 1; }, {3, 4}},
			Field{"Timeout", [](auto &op) { op.timeout_ns = 1; }, {4, 5}},
			Field{"Interval", [](auto &op) { op.interval_us = 1; }, {4}}),
	[](const auto &info) { return info.param.claim; });

/* The module has a short way with those that are alike: it finds each that is not. */
class OperationsThatAreAlike : public testing::TestWithParam<unsigned> {
protected:
	/* More than are looked at in one go, twice. */
	static constexpr std::size_t count = 2 * PCIPEEK_PACE + 3;

	OperationsThatAreAlike() : ops_(count, op_of(GetParam()))
	{
		for (std::size_t i = 0; i < count; i++)
			ops_[i].offset = 4 * i;
	}

	/* One is changed by @change, which is refused alone, and so among others. */
	void expect_found(const std::string &what, const std::function<void(pcipeek_op &)> &change)
	{
		for (std::size_t at = 0; at < count; at++) {
			std::vector<pcipeek_op> ops = ops_;
			change(ops[at]);
			const int error = check(ops[at]);
			EXPECT_NE(0, error) << what;
			EXPECT_EQ(error, check_all(ops)) << what << " at " << at;
			EXPECT_EQ(error, ops[at].error) << what << " at " << at;
		}
	}

	std::vector<pcipeek_op> ops_;
};

TEST_P(OperationsThatAreAlike, AreAllWell)
{
	for (pcipeek_op &op : ops_)
		op.error = 99;
	EXPECT_EQ(0, check_all(ops_));
	for (const pcipeek_op &op : ops_)
		EXPECT_EQ(0, op.error);
}

TEST_P(OperationsThatAreAlike, AreEachChecked)
{
	expect_found("end", [](auto &op) { op.offset = 256; });
	expect_found("far", [](auto &op) { op.offset = 1ULL << 63; });
	expect_found("misaligned", [](auto &op) { op.offset += 2; });
	expect_found("reserved0", [](auto &op) { op.reserved0 = 1; });
	expect_found("reserved1", [](auto &op) { op.reserved1 = 1; });
	expect_found("flags", [](auto &op) { op.flags = 1; });
	expect_found("timeout", [](auto &op) { op.timeout_ns = 1; });
	expect_found("interval", [](auto &op) { op.interval_us = 1; });
	expect_found("value", [](auto &op) { op.value = 1ULL << 32; });
	expect_found("mask", [](auto &op) { op.mask = 1ULL << 32; });
	expect_found("width", [](auto &op) { op.width = 3; });
	expect_found("bar", [](auto &op) { op.bar = 2; });
}

/* A value that a write has a use for, a read has not; so it is with masks. */
TEST_P(OperationsThatAreAlike, HaveNothingThatTheirKindHasNoUseFor)
{
	if (GetParam() == PCIPEEK_OP_READ)
		expect_found("value", [](auto &op) { op.value = 1; });
	if (GetParam() != PCIPEEK_OP_RMW)
		expect_found("mask", [](auto &op) { op.mask = 1; });
}

TEST_P(OperationsThatAreAlike, AreEachCheckedAtEachWidth)
{
	for (const unsigned width : {1, 2, 4}) {
		for (std::size_t i = 0; i < count; i++) {
			ops_[i].width = static_cast<std::uint8_t>(width);
			ops_[i].offset = width * i;
		}
		ASSERT_EQ(0, check_all(ops_));
		for (unsigned bit = 8 * width; bit < 64; bit++) {
			expect_found("value", [=](auto &op) { op.value = 1ULL << bit; });
			expect_found("mask", [=](auto &op) { op.mask = 1ULL << bit; });
		}
	}
}

INSTANTIATE_TEST_SUITE_P(Of, OperationsThatAreAlike,
			 testing::Values(PCIPEEK_OP_READ, PCIPEEK_OP_WRITE, PCIPEEK_OP_RMW));

/* What waits has no use for a place, and a POLL's is aligned. */
TEST(OperationsThatWait, AreEachChecked)
{
	for (const unsigned code : {PCIPEEK_OP_POLL, PCIPEEK_OP_DELAY, PCIPEEK_OP_FLUSH}) {
		const auto expect_found = [&](auto field, std::uint64_t value) {
			std::vector<pcipeek_op> ops(3, op_of(code));
			ops[1].*field = value;
			EXPECT_EQ(-EINVAL, check_all(ops)) << code << ' ' << value;
			EXPECT_EQ(-EINVAL, ops[1].error) << code << ' ' << value;
		};
		expect_found(&pcipeek_op::offset, 1);
		expect_found(&pcipeek_op::value, 1);
		for (unsigned bit = 0; code != PCIPEEK_OP_POLL && bit < 64; bit++)
			expect_found(&pcipeek_op::offset, 1ULL << bit);
	}
}

/* The module's copy, and a hole behind it. */
class ACopyOfOperations : public testing::Test {
protected:
	static constexpr std::size_t page = 4096;

	void SetUp() override
	{
		ASSERT_NE(MAP_FAILED, pages_);
		ASSERT_EQ(0, ::mprotect(end_, page, PROT_NONE));
	}

	~ACopyOfOperations() override
	{
		::munmap(pages_, 2 * page);
	}

	/* The last @count before the hole. */
	pcipeek_op *last(std::size_t count) const
	{
		return reinterpret_cast<pcipeek_op *>(end_) - count;
	}

	void *pages_ = ::mmap(nullptr, 2 * page, PROT_READ | PROT_WRITE,
			      MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	char *end_ = static_cast<char *>(pages_) + page;
};

TEST_F(ACopyOfOperations, IsCheckedWithoutALookBehindIt)
{
	pcipeek_limits limits{};
	limits.bar[0] = {256, 8};
	for (std::size_t count = 1; count < 40; count++) {
		pcipeek_op *ops = last(count);
		std::fill(ops, ops + count, op_of(PCIPEEK_OP_READ));
		pcipeek_checks checks{};
		std::uint32_t refused = 0;
		checks.rights = all;
		checks.limits = &limits;
		EXPECT_EQ(0, pcipeek_ops_check(ops, static_cast<std::uint32_t>(count), &checks,
					       &refused));
	}
}

/* Not a power of two, as a function may have that enumerates its resources. */
TEST(OperationsInABarOfOddLength, AreEachChecked)
{
	std::vector<pcipeek_op> ops(8, op_of(PCIPEEK_OP_READ));
	ops[7].offset = 92;
	EXPECT_EQ(0, check_all(ops, 96));
	ops[7].offset = 96;
	EXPECT_EQ(-ERANGE, check_all(ops, 96));
	ops[7].offset = 2;
	EXPECT_EQ(-EINVAL, check_all(ops, 90)) << "nor a multiple of the width";
}

TEST(ModuleKnowsABatchThatWrites, ByItsWritesAndUpdates)
{
	for (unsigned code = PCIPEEK_OP_READ; code <= PCIPEEK_OP_FLUSH; code++) {
		std::vector<pcipeek_op> ops{op_of(PCIPEEK_OP_READ), op_of(PCIPEEK_OP_READ),
					    op_of(code)};
		bool writes = false;
		EXPECT_EQ(0, check_all(ops, 256, writes));
		EXPECT_EQ(code == PCIPEEK_OP_WRITE || code == PCIPEEK_OP_RMW, writes) << code;
		ops.pop_back();
		EXPECT_EQ(0, check_all(ops, 256, writes));
		EXPECT_FALSE(writes);
	}
}

} // namespace
