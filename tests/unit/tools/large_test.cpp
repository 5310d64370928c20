// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "verb_run.hpp"

#include <gmock/gmock.h>

#include <fcntl.h>
#include <fstream>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>

namespace pcipeek::tools {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr std::size_t piece = 0x10000;

/* Transfers of several pieces, to and from a register that is a FIFO. */
class ALargeTransfer : public AVerbOnABoard {
protected:
	/* Does it when the register is accessed for the nth time, counted from 1. */
	void at_access(std::size_t nth, const std::function<void()> &action)
	{
		board.on_write(1, 8, [=, this](const auto &) { count(nth, action); });
		board.on_read(1, 8, [=, this](const auto &access) {
			count(nth, action);
			return access.value;
		});
	}

	void reset()
	{
		board.begin_reset();
		board.end_reset();
	}

	std::size_t accesses = 0;

private:
	void count(std::size_t nth, const std::function<void()> &action)
	{
		if (++accesses == nth)
			action();
	}
};

/* Bytes that are different from piece to piece. */
std::string pattern(std::size_t size)
{
	std::string bytes(size, '\0');

	for (std::size_t i = 0; i < size; ++i)
		bytes[i] = static_cast<char>(i % 251);
	return bytes;
}

TEST_F(ALargeTransfer, WritesEachElementOfAFileOnce)
{
	const auto bytes = pattern(3 * piece + 5);
	const ScratchFile file(bytes);
	std::string written;

	board.on_write(1, 8,
		       [&](const auto &access) { written += static_cast<char>(access.value); });
	EXPECT_EQ(run(write_verb, {"bar1+8.b", "--fixed", "--file", file.path()}), succeeded(""));
	EXPECT_TRUE(written == bytes);
}

TEST_F(ALargeTransfer, TakesAsMuchOfAFileAsTheCountSays)
{
	const ScratchFile file(pattern(3 * piece));

	at_access(0, [] {});
	EXPECT_EQ(run(write_verb, {"bar1+8.w,40000", "--fixed", "--file", file.path()}),
		  succeeded(""));
	EXPECT_EQ(accesses, 40000u);
}

TEST_F(ALargeTransfer, WritesWhatComesThroughAPipe)
{
	const auto bytes = pattern(2 * piece + 1);
	const ScratchFile pipe("");
	std::string written;

	::unlink(pipe.path().c_str());
	ASSERT_EQ(::mkfifo(pipe.path().c_str(), 0600), 0);
	std::thread writer([&] { std::ofstream(pipe.path(), std::ios::binary) << bytes; });
	board.on_write(1, 8,
		       [&](const auto &access) { written += static_cast<char>(access.value); });
	EXPECT_EQ(run(write_verb, {"bar1+8.b", "--fixed", "--file", pipe.path()}), succeeded(""));
	writer.join();
	EXPECT_TRUE(written == bytes);
}

TEST_F(ALargeTransfer, ToADeviceThatIsResetBetweenTwoPiecesFails)
{
	const ScratchFile file(pattern(2 * piece));

	at_access(piece, [this] { reset(); });
	EXPECT_EQ(run(write_verb, {"bar1+8.b", "--fixed", "--file", file.path()}),
		  failed(6, "cannot continue with 0000:05:0d.0: it was reset during the first "
			    "65536 of 131072 bytes; start again"));
	EXPECT_EQ(accesses, piece);
}

TEST_F(ALargeTransfer, FromADeviceThatIsResetBetweenTwoPiecesFails)
{
	at_access(piece, [this] { reset(); });

	const auto outcome = run(read_verb, {"bar1+8.b,131072", "--fixed", "--raw"});
	EXPECT_EQ(outcome.status, 6);
	EXPECT_THAT(outcome.error, HasSubstr("it was reset during the first 65536 of 131072"));
	EXPECT_EQ(outcome.output.size(), piece) << "what is no longer in the FIFO is printed";
	EXPECT_EQ(accesses, piece);
}

TEST_F(ALargeTransfer, ThatFailsTellsHowFarAllOfItCame)
{
	const ScratchFile file(pattern(2 * piece));

	at_access(piece + 100, [this] { board.set_answering(false); });
	const auto written = run(write_verb, {"bar1+8.b", "--fixed", "--file", file.path()});
	EXPECT_EQ(written.status, 6);
	EXPECT_THAT(written.error, EndsWith(" of 65536 done), after 65536 others\n"));

	board.set_answering(true);
	accesses = 0;
	const auto read = run(read_verb, {"bar1+8.b,131072", "--fixed", "--raw"});
	EXPECT_EQ(read.status, 6);
	EXPECT_THAT(read.error, EndsWith(" of 65536 done), after 65536 others\n"));
}

TEST_F(ALargeTransfer, FromAFileThatBecomesShorterFails)
{
	const ScratchFile file(pattern(2 * piece));

	at_access(1, [&] { EXPECT_EQ(::truncate(file.path().c_str(), piece + 10), 0); });
	EXPECT_EQ(run(write_verb, {"bar1+8.b", "--fixed", "--file", file.path()}),
		  failed(1, "write: cannot read '" + file.path() +
				    "': it shrank while it was being read (after 65536 of "
				    "131072 bytes)"));
	EXPECT_EQ(accesses, piece);
}

TEST_F(ALargeTransfer, OfAFileThatDoesNotFitTheBarIsRefusedByItsSize)
{
	const ScratchFile file("");

	ASSERT_EQ(::truncate(file.path().c_str(), 1LL << 40), 0);
	EXPECT_EQ(run(write_verb, {"bar0.b", "--file", file.path()}),
		  failed(5, "cannot write bar0+0x0 of 0000:05:0d.0: PCI addr space is "
			    "0x90502000-0x9050203f while tried to access 0x90502000-0x10090501fff. "
			    "'pcipeek info 0000:05:0d.0' shows the sizes of its BARs"));
	EXPECT_THAT(seen(), IsEmpty());
}

} // namespace
} // namespace pcipeek::tools
