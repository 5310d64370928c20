// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers

#include "every_read.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <functional>
#include <iostream>
#include <map>
#include <utility>
#include <vector>

namespace vm {
namespace {

constexpr unsigned reads_of_each_kind = 10000;
constexpr unsigned block_elements = 250;
constexpr unsigned batch_reads = 100;

std::uint64_t ones(unsigned width)
{
	return ~0ULL >> (64 - 8 * width);
}

/* What the reads of one kind were answered. */
struct Tally {
	unsigned reads = 0;
	unsigned all_ones = 0;
	std::map<int, unsigned> errors; /* 0: data */
};

void add(Tally &tally, std::uint64_t value, unsigned width)
{
	tally.all_ones += value == ones(width) ? 1U : 0U;
}

void single(const Attachment &attachment, const Board &board, std::uint8_t width, Tally &tally)
{
	pcipeek_access access =
		access_at(board.bar, width == 8 ? board.first : board.constant, width);
	const int error = attachment.read(access);
	tally.errors[error]++;
	tally.reads++;
	if (error == 0)
		add(tally, access.value, width);
}

void block(const Attachment &attachment, const Board &board, std::uint32_t flags, Tally &tally)
{
	std::array<std::uint32_t, block_elements> buffer{};
	const bool fixed = (flags & PCIPEEK_BLOCK_FIXED) != 0;
	pcipeek_block block = block_at(board.bar, fixed ? board.constant : board.first, 4,
				       fixed ? block_elements : 2, buffer.data());
	block.flags = flags;
	tally.errors[attachment.block(block)]++;
	tally.reads += static_cast<unsigned>(block.count);
	for (std::uint64_t i = 0; i < block.done; i++)
		add(tally, buffer[i], 4);
}

void batch(const Attachment &attachment, const Board &board, std::uint8_t code, Tally &tally)
{
	std::vector<pcipeek_op> ops(batch_reads);
	for (pcipeek_op &op : ops) {
		op.code = code;
		op.width = 4;
		op.bar = board.bar;
		op.offset = board.constant;
		op.mask = code == PCIPEEK_OP_POLL ? 0xffffffff : 0;
		op.value = code == PCIPEEK_OP_POLL ? 1 : 0;
		op.flags = code == PCIPEEK_OP_POLL ? PCIPEEK_OP_NOT_EQUAL : 0;
	}
	pcipeek_batch batch = batch_of(ops);
	tally.errors[attachment.ioctl(PCIPEEK_IOC_BATCH, &batch)]++;
	tally.reads += batch_reads;
	for (unsigned i = 0; i < batch.done; i++)
		add(tally, ops[i].result, 4);
}

using Read = std::function<void(const Attachment &, const Board &, Tally &)>;

Read single_of(std::uint8_t width)
{
	return [width](const Attachment &attachment, const Board &board, Tally &tally) {
		/* a port has no 8 bytes: there it is another 4 */
		single(attachment, board, board.ports ? std::min<std::uint8_t>(width, 4) : width,
		       tally);
	};
}

Read block_of(std::uint32_t flags)
{
	return [flags](const Attachment &attachment, const Board &board, Tally &tally) {
		block(attachment, board, flags, tally);
	};
}

Read batch_of(std::uint8_t code)
{
	return [code](const Attachment &attachment, const Board &board, Tally &tally) {
		batch(attachment, board, code, tally);
	};
}

const std::vector<std::pair<std::string, Read>> &kinds()
{
	static const std::vector<std::pair<std::string, Read>> all{
		{"read.b", single_of(1)},
		{"read.w", single_of(2)},
		{"read.l", single_of(4)},
		{"read.q", single_of(8)},
		{"block", block_of(0)},
		{"block fixed", block_of(PCIPEEK_BLOCK_FIXED)},
		{"batch read", batch_of(PCIPEEK_OP_READ)},
		{"batch poll", batch_of(PCIPEEK_OP_POLL)},
	};
	return all;
}

unsigned refused(const Tally &tally)
{
	unsigned times = 0;
	for (const auto &[error, count] : tally.errors)
		times += error ? count : 0;
	return times;
}

void print(const std::string &kind, const Tally &tally)
{
	std::cout << kind << ": " << tally.reads << " reads,";
	for (const auto &[error, times] : tally.errors)
		std::cout << ' ' << (error ? ::strerrorname_np(error) : "ok") << ' ' << times;
	std::cout << ", all ones as data: " << tally.all_ones << '\n';
}

} // namespace

void expect_data(const Attachment &attachment, const Board &board)
{
	pcipeek_access access = access_at(board.bar, board.constant, 4);
	EXPECT_EQ(0, attachment.read(access));
	EXPECT_EQ(board.value, access.value);
}

void expect_no_ones(const Attachment &attachment, const Board &board, const std::set<int> &errors,
		    std::atomic<unsigned> &refusals)
{
	for (const auto &[kind, read] : kinds()) {
		Tally tally;
		while (tally.reads < reads_of_each_kind) {
			const unsigned before = refused(tally);
			read(attachment, board, tally);
			refusals += refused(tally) - before;
		}
		print(kind, tally);
		EXPECT_EQ(0U, tally.all_ones) << kind;
		for (const auto &[error, times] : tally.errors)
			EXPECT_TRUE(errors.count(error)) << kind << ": " << error;
	}
}

void expect_no_ones(const Attachment &attachment, const Board &board, const std::set<int> &errors)
{
	std::atomic<unsigned> refusals = 0;
	expect_no_ones(attachment, board, errors, refusals);
}

} // namespace vm
