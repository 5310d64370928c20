// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
//
// When the module asks a function whether the all ones that it read are data: as the board
// and its configuration space saw it, in their order.

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <fstream>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

#include "attachment.hpp"
#include "machine.hpp"
#include "trace.hpp"

namespace {

using vm::edu;
using vm::Granted;
using vm::Attachment;

constexpr std::size_t count = 256;
/* It reads back inverted: after a write of 0 it is all ones. */
constexpr std::uint64_t edu_alive = 0x04;

/* "r" for each read of edu, "?" for what was read of configuration space in one go. */
std::string story_since(const vm::Mark &mark)
{
	/* to look at it makes it longer */
	std::string text(vm::mark_trace().position - mark.position, '\0');
	std::ifstream file(vm::trace_file, std::ios::binary);
	file.seekg(static_cast<std::streamoff>(mark.position));
	file.read(text.data(), static_cast<std::streamsize>(text.size()));
	std::istringstream trace(text);
	std::string story;
	for (std::string line; std::getline(trace, line);) {
		const auto access = vm::parse_access(line);
		if (!access || access->verb != "read")
			continue;
		if (access->region == "edu-mmio")
			story += 'r';
		else if (access->region == "pci-conf-data" && !story.ends_with('?'))
			story += '?';
	}
	return story;
}

/* The question before the first access in a jiffy is another one. */
std::string from_the_first_read(const std::string &story)
{
	return story.substr(std::min(story.find('r'), story.size()));
}

std::size_t questions(const std::string &story)
{
	return static_cast<std::size_t>(std::count(story.begin(), story.end(), '?'));
}

struct Kind {
	const char *name;
	bool granted;
};

class AllOnes : public testing::TestWithParam<Kind> {
protected:
	AllOnes()
	{
		if (GetParam().granted)
			granted_.emplace(edu);
		attachment_.emplace(edu, vm::all_rights,
				    GetParam().granted ? 0 : PCIPEEK_ATTACH_FOREIGN);
		EXPECT_EQ(0, attachment_->write(vm::access_at(0, edu_alive, 4, 0)));
	}

	std::string story_of_a_block()
	{
		std::array<std::uint32_t, count> words{};
		pcipeek_block block = vm::block_at(0, edu_alive, 4, count, words.data());
		block.flags = PCIPEEK_BLOCK_FIXED;
		const vm::Mark mark = vm::mark_trace();
		EXPECT_EQ(0, attachment_->block(block));
		EXPECT_EQ(count, block.done);
		for (const std::uint32_t word : words)
			EXPECT_EQ(0xffffffffU, word);
		return from_the_first_read(story_since(mark));
	}

	std::string story_of_a_batch()
	{
		std::vector<pcipeek_op> ops = vm::reads(count);
		for (pcipeek_op &op : ops)
			op.offset = edu_alive;
		pcipeek_batch batch = vm::batch_of(ops);
		const vm::Mark mark = vm::mark_trace();
		EXPECT_EQ(0, attachment_->ioctl(PCIPEEK_IOC_BATCH, &batch));
		EXPECT_EQ(count, batch.done);
		for (const pcipeek_op &op : ops)
			EXPECT_EQ(0xffffffffU, op.result);
		return from_the_first_read(story_since(mark));
	}

	std::optional<Granted> granted_;
	std::optional<Attachment> attachment_;
};

void expect_few_questions(const std::string &story)
{
	EXPECT_EQ(count, static_cast<std::size_t>(std::count(story.begin(), story.end(), 'r')));
	EXPECT_TRUE(story.ends_with('?')) << story;
	/* some for each jiffy, and that is 16 reads at least */
	EXPECT_LT(questions(story), count / 2) << story;
}

TEST_P(AllOnes, OfABlockAreAskedAboutAtTheFirstAndAtTheEnd)
{
	const std::string story = story_of_a_block();
	EXPECT_TRUE(story.starts_with("r?")) << story;
	expect_few_questions(story);
}

TEST_P(AllOnes, OfABatchAreAskedAboutAtTheFirstAndAtTheEnd)
{
	const std::string story = story_of_a_batch();
	EXPECT_TRUE(story.starts_with("r?")) << story;
	expect_few_questions(story);
}

/* An update of what nobody answered would write what nobody read. */
TEST_P(AllOnes, OfAnUpdateAreAskedAboutBeforeItsWrite)
{
	std::vector<pcipeek_op> ops = vm::reads(8);
	for (pcipeek_op &op : ops) {
		op.code = PCIPEEK_OP_RMW;
		op.offset = edu_alive;
		op.mask = 0xffffffff;
	}
	pcipeek_batch batch = vm::batch_of(ops, std::chrono::seconds{1});
	const vm::Mark mark = vm::mark_trace();
	EXPECT_EQ(0, attachment_->ioctl(PCIPEEK_IOC_BATCH, &batch));
	EXPECT_EQ("r?r?r?r?r?r?r?r?", from_the_first_read(story_since(mark)));
}

INSTANTIATE_TEST_SUITE_P(Of, AllOnes,
			 testing::Values(Kind{"AGrantedFunction", true},
					 Kind{"AForeignFunction", false}),
			 [](const auto &info) { return info.param.name; });

} // namespace
