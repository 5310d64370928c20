// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
//
// Operations between the caller's memory and the module's copy of them.
#include "ops.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cerrno>
#include <cstring>

namespace {

namespace test = pcipeek::test;

constexpr std::uint64_t pattern = 0xaaaaaaaaaaaaaaaa;

pcipeek_op op_of(unsigned code, std::uint64_t offset = 0)
{
	pcipeek_op made{};
	made.code = static_cast<std::uint8_t>(code);
	made.width = 4;
	made.offset = offset;
	made.result = pattern;
	return made;
}

std::vector<pcipeek_op> row_of(unsigned code, std::size_t count)
{
	std::vector<pcipeek_op> ops;
	for (std::size_t i = 0; i < count; i++) {
		ops.push_back(op_of(code, 4 * i));
		if (code != PCIPEEK_OP_READ)
			ops[i].value = i;
		if (code == PCIPEEK_OP_RMW)
			ops[i].mask = 0xff;
	}
	return ops;
}

test::Fetched fetch(const pcipeek_batch &batch)
{
	pcipeek_limits limits{};
	limits.bar[0] = {4096, 8};
	return test::fetch(batch, PCIPEEK_RIGHT_ALL_BARS | PCIPEEK_RIGHT_WRITE, limits);
}

/* As if they had run until @done: each result is its index. */
void run(test::Fetched &fetched, pcipeek_batch &batch, std::uint32_t done, int error)
{
	for (std::uint32_t i = 0; i < done; i++)
		fetched.ops[i].result = i;
	if (error)
		fetched.ops[done].error = error;
	batch.done = done;
	EXPECT_EQ(0, pcipeek_ops_store(fetched.ops.data(), &batch));
}

class Row : public testing::TestWithParam<unsigned> {};

TEST_P(Row, IsFetchedAsLongAsItIs)
{
	for (std::size_t count = 1; count < 40; count++) {
		std::vector<pcipeek_op> ops = row_of(GetParam(), count);
		ops.push_back(op_of(PCIPEEK_OP_POLL));
		const auto fetched = fetch(test::batch_of(ops));
		ASSERT_EQ(0, fetched.error);
		for (std::size_t i = 0; i <= count; i++) {
			ASSERT_EQ(pcipeek_op_kind(&ops[i]), pcipeek_op_kind(&fetched.ops[i]));
			ASSERT_EQ(ops[i].offset, fetched.ops[i].offset) << i;
			ASSERT_EQ(ops[i].value, fetched.ops[i].value) << i;
			ASSERT_EQ(ops[i].mask, fetched.ops[i].mask) << i;
		}
	}
}

/* One of eight bytes has all bits of a value. */
TEST_P(Row, IsFetchedAtEachWidth)
{
	for (const std::size_t width : {1, 2, 4, 8}) {
		std::vector<pcipeek_op> ops = row_of(GetParam(), 20);
		for (std::size_t i = 0; i < ops.size(); i++) {
			ops[i].width = static_cast<std::uint8_t>(width);
			ops[i].offset = width * i;
			if (GetParam() != PCIPEEK_OP_READ)
				ops[i].value = ~0ULL >> (64 - 8 * width);
		}
		const auto fetched = fetch(test::batch_of(ops));
		ASSERT_EQ(0, fetched.error);
		EXPECT_EQ(ops[19].value, fetched.ops[19].value) << width;
	}
}

/* Whatever is in the module's copy of those that did not run. */
TEST_P(Row, GivesBackTheResultsOfWhatRan)
{
	const bool reads = GetParam() != PCIPEEK_OP_WRITE;
	for (std::uint32_t done = 0; done < 30; done++) {
		std::vector<pcipeek_op> ops = row_of(GetParam(), 30);
		pcipeek_batch batch = test::batch_of(ops);
		auto fetched = fetch(batch);
		for (auto &op : fetched.ops)
			op.result = GetParam() == PCIPEEK_OP_RMW ? op.result : 0xdead;
		run(fetched, batch, done, -EIO);
		for (std::uint32_t i = 0; i < 30; i++) {
			ASSERT_EQ(i < done && reads ? i : pattern, ops[i].result) << i;
			ASSERT_EQ(i == done ? -EIO : 0, ops[i].error) << i;
		}
	}
}

INSTANTIATE_TEST_SUITE_P(Of, Row,
			 testing::Values(PCIPEEK_OP_READ, PCIPEEK_OP_WRITE, PCIPEEK_OP_RMW));

TEST(RowsOfSomeKinds, GiveBackTheResultsOfTheirs)
{
	std::vector<pcipeek_op> ops;
	for (const unsigned code : {PCIPEEK_OP_READ, PCIPEEK_OP_WRITE, PCIPEEK_OP_RMW}) {
		const auto row = row_of(code, 9);
		ops.insert(ops.end(), row.begin(), row.end());
	}
	pcipeek_batch batch = test::batch_of(ops);
	auto fetched = fetch(batch);
	run(fetched, batch, 27, 0);
	for (std::uint32_t i = 0; i < 27; i++)
		EXPECT_EQ(ops[i].code == PCIPEEK_OP_WRITE ? pattern : i, ops[i].result);
}

/* An update may have read before it failed; a read that failed has nothing to tell. */
TEST(AnOperationThatFailed, GivesBackWhatItReadIfThatSaysAnything)
{
	for (const unsigned code : {PCIPEEK_OP_READ, PCIPEEK_OP_RMW, PCIPEEK_OP_POLL}) {
		std::vector<pcipeek_op> ops{op_of(code)};
		pcipeek_batch batch = test::batch_of(ops);
		auto fetched = fetch(batch);
		fetched.ops[0].result = 5;
		run(fetched, batch, 0, -EIO);
		EXPECT_EQ(code == PCIPEEK_OP_READ ? pattern : 5, ops[0].result) << code;
	}
}

TEST(OperationsThatAreLonger, AreTakenWithAZeroTailAndGiveBackTheirResults)
{
	constexpr std::size_t words = 9;
	std::array<std::array<std::uint64_t, words>, 3> longer{};
	for (std::size_t i = 0; i < longer.size(); i++) {
		const pcipeek_op op = op_of(PCIPEEK_OP_READ, 4 * i);
		std::memcpy(longer[i].data(), &op, sizeof(op));
	}
	pcipeek_batch batch{};
	batch.ops = reinterpret_cast<std::uintptr_t>(longer.data());
	batch.count = longer.size();
	batch.op_size = sizeof(longer[0]);
	auto fetched = fetch(batch);
	ASSERT_EQ(0, fetched.error);
	EXPECT_EQ(8U, fetched.ops[2].offset);
	run(fetched, batch, 2, -EIO);
	EXPECT_EQ(1U, longer[1][4]);
	EXPECT_EQ(pattern, longer[2][4]);
	longer[2][words - 1] = 1;
	EXPECT_EQ(-E2BIG, fetch(batch).error);
}

} // namespace
