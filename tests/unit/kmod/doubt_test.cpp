// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
//
// When a function is asked whether the all ones that it gave are data.

#include <gtest/gtest.h>

#include <cerrno>

extern "C" {
#include "doubt.h"
}

namespace {

int asked;
int answer;
unsigned long jiffy;

} // namespace

int pcipeek_doubt_question(pcipeek_doubt *)
{
	asked++;
	return answer;
}

unsigned long pcipeek_doubt_jiffy()
{
	return jiffy;
}

namespace {

class Doubt : public testing::Test {
protected:
	Doubt()
	{
		asked = 0;
		answer = 0;
		jiffy = 0;
		doubt_.first = PCIPEEK_NO_DOUBT;
	}

	bool stops_at(u32 index)
	{
		return pcipeek_doubt_note(&doubt_, index);
	}
	/* What @count elements end with; @done_ is how many of them are data. */
	int settle(u32 count)
	{
		done_ = count;
		return pcipeek_doubt_settle(&doubt_, &done_);
	}

	pcipeek_doubt doubt_{};
	u32 done_ = 0;
};

TEST_F(Doubt, AsksNothingWithoutAllOnes)
{
	EXPECT_EQ(0, settle(64));
	EXPECT_EQ(64U, done_);
	EXPECT_EQ(0, asked);
}

TEST_F(Doubt, AsksAtTheFirstAndOnceAtTheEnd)
{
	for (u32 index = 5; index < 64; index++) {
		EXPECT_FALSE(stops_at(index));
		EXPECT_EQ(1, asked);
	}
	EXPECT_EQ(0, settle(64));
	EXPECT_EQ(64U, done_);
	EXPECT_EQ(2, asked);
}

TEST_F(Doubt, AsksNothingAtTheEndIfTheLastAnswerCameAfterAll)
{
	EXPECT_FALSE(stops_at(5));
	EXPECT_EQ(0, settle(64));
	EXPECT_EQ(1, asked);
}

TEST_F(Doubt, StopsAtTheFirstIfNobodyAnswers)
{
	answer = -EIO;
	EXPECT_TRUE(stops_at(5));
	EXPECT_EQ(-EIO, settle(6));
	EXPECT_EQ(5U, done_);
	EXPECT_EQ(1, asked);
}

TEST_F(Doubt, EndsWithTheFirstThatNoAnswerCameAfter)
{
	EXPECT_FALSE(stops_at(5));
	EXPECT_FALSE(stops_at(7));
	EXPECT_FALSE(stops_at(9));
	answer = -EIO;
	EXPECT_EQ(-EIO, settle(64));
	EXPECT_EQ(7U, done_);
	EXPECT_EQ(2, asked);
}

/* As after each read of a link that is dead: it takes longer than that. */
TEST_F(Doubt, AsksAtOnceInAnotherJiffy)
{
	EXPECT_FALSE(stops_at(5));
	EXPECT_FALSE(stops_at(7));
	jiffy++;
	answer = -EIO;
	EXPECT_TRUE(stops_at(9));
	EXPECT_EQ(-EIO, settle(10));
	EXPECT_EQ(7U, done_);
	EXPECT_EQ(2, asked);
}

TEST_F(Doubt, IsOverWithAnAnswerInAnotherJiffy)
{
	EXPECT_FALSE(stops_at(5));
	EXPECT_FALSE(stops_at(7));
	jiffy++;
	EXPECT_FALSE(stops_at(9));
	EXPECT_FALSE(stops_at(11));
	answer = -EIO;
	EXPECT_EQ(-EIO, settle(64));
	EXPECT_EQ(11U, done_);
}

TEST_F(Doubt, AsksEachTimeIfAWriteDependsOnIt)
{
	EXPECT_FALSE(pcipeek_doubt_ask(&doubt_, 5));
	EXPECT_FALSE(pcipeek_doubt_ask(&doubt_, 6));
	answer = -EIO;
	EXPECT_TRUE(pcipeek_doubt_ask(&doubt_, 7));
	EXPECT_EQ(-EIO, settle(8));
	EXPECT_EQ(7U, done_);
	EXPECT_EQ(3, asked);
}

} // namespace
