// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
//
// A function that cannot answer: gone, asleep, in a reset, not decoding. 10,000 reads of
// each kind, of a register that is never all ones: none of them gives all ones as data.

#include <gtest/gtest.h>
#include <linux/pci_regs.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <functional>
#include <iostream>
#include <map>
#include <set>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "cut_off.hpp"
#include "flickering.hpp"
#include "machine.hpp"
#include "window.hpp"

namespace {

using vm::Given;
using vm::Window;

using vm::bridge;
constexpr std::uint16_t decode = PCI_COMMAND_MEMORY | PCI_COMMAND_IO;

/*
 * Eight bytes from @first and four at @constant, no aligned part of which is all ones.
 * What nobody decodes is 0 in QEMU's memory, and all ones, as on every bus, in ports.
 */
struct Board {
	std::string address;
	const char *name = nullptr;
	std::uint64_t first = 0;
	std::uint64_t constant = 0;
	std::uint32_t value = 0;
	bool ports = false;
};

/* Capabilities and version; the MAC address, and the multicast filter behind it. */
const Board nvme{vm::nvme, "nvme", 0, 8, 0x00010400, false};
const Board rtl8139{vm::rtl8139, "rtl8139", 0, 0, 0x0c005452, true};

std::string name_of(const testing::TestParamInfo<Board> &info)
{
	return info.param.name;
}

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
	tally.all_ones += value == ones(width) ? 1 : 0;
}

void single(const Window &window, const Board &board, std::uint8_t width, Tally &tally)
{
	pcipeek_access access = vm::access_at(0, width == 8 ? board.first : board.constant, width);
	const int error = window.read(access);
	tally.errors[error]++;
	tally.reads++;
	if (error == 0)
		add(tally, access.value, width);
}

void block(const Window &window, const Board &board, std::uint32_t flags, Tally &tally)
{
	std::array<std::uint32_t, block_elements> buffer{};
	const bool fixed = (flags & PCIPEEK_BLOCK_FIXED) != 0;
	pcipeek_block block = vm::block_at(0, fixed ? board.constant : board.first, 4,
					   fixed ? block_elements : 2, buffer.data());
	block.flags = flags;
	tally.errors[window.block(block)]++;
	tally.reads += static_cast<unsigned>(block.count);
	for (std::uint64_t i = 0; i < block.done; i++)
		add(tally, buffer[i], 4);
}

void batch(const Window &window, const Board &board, std::uint8_t code, Tally &tally)
{
	std::vector<pcipeek_op> ops(batch_reads);
	for (pcipeek_op &op : ops) {
		op.code = code;
		op.width = 4;
		op.offset = board.constant;
		op.mask = code == PCIPEEK_OP_POLL ? 0xffffffff : 0;
		op.value = code == PCIPEEK_OP_POLL ? 1 : 0;
		op.flags = code == PCIPEEK_OP_POLL ? PCIPEEK_OP_NOT_EQUAL : 0;
	}
	pcipeek_batch batch = vm::batch_of(ops);
	tally.errors[window.ioctl(PCIPEEK_IOC_BATCH, &batch)]++;
	tally.reads += batch_reads;
	for (unsigned i = 0; i < batch.done; i++)
		add(tally, ops[i].result, 4);
}

using Read = std::function<void(const Window &, const Board &, Tally &)>;

Read single_of(std::uint8_t width)
{
	return [width](const Window &window, const Board &board, Tally &tally) {
		/* a port has no 8 bytes: there it is another 4 */
		single(window, board, board.ports ? std::min<std::uint8_t>(width, 4) : width,
		       tally);
	};
}

Read block_of(std::uint32_t flags)
{
	return [flags](const Window &window, const Board &board, Tally &tally) {
		block(window, board, flags, tally);
	};
}

Read batch_of(std::uint8_t code)
{
	return [code](const Window &window, const Board &board, Tally &tally) {
		batch(window, board, code, tally);
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

/* In the jiffy of a change, the answer may be what it was before it. */
void wait_for_the_next_jiffy()
{
	std::this_thread::sleep_for(std::chrono::milliseconds(20));
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

/* A board, given and used once, so that its BAR is mapped. */
class Unanswered : public testing::TestWithParam<Board> {
protected:
	Unanswered()
	{
		expect_data();
	}

	void expect_data() const
	{
		pcipeek_access access = vm::access_at(0, board_.constant, 4);
		EXPECT_EQ(0, window_.read(access));
		EXPECT_EQ(board_.value, access.value);
	}

	/* Every kind; @errors is what may be answered. */
	void expect_no_ones(const std::set<int> &errors)
	{
		for (const auto &[kind, read] : kinds()) {
			Tally tally;
			while (tally.reads < reads_of_each_kind) {
				const unsigned before = refused(tally);
				read(window_, board_, tally);
				refusals_ += refused(tally) - before;
			}
			print(kind, tally);
			EXPECT_EQ(0U, tally.all_ones) << kind;
			for (const auto &[error, times] : tally.errors)
				EXPECT_TRUE(errors.count(error)) << kind << ": " << error;
		}
	}

	Board board_ = GetParam();
	Given given_{board_.address};
	Window window_{board_.address};
	/* so far, for who changes the board while it is read */
	std::atomic<unsigned> refusals_ = 0;
};

using OnTheBus = Unanswered;
using BehindABridge = Unanswered;

TEST_P(OnTheBus, OfAFunctionThatWasRemovedIsENODEV)
{
	ASSERT_EQ(0, vm::write_pci("devices/" + board_.address + "/remove", "1"));
	expect_no_ones({ENODEV});
	ASSERT_EQ(0, vm::write_pci("rescan", "1"));
}

TEST_P(OnTheBus, OfAFunctionThatDoesNotDecodeIsEIO)
{
	const std::uint16_t before = vm::command_of(board_.address);
	vm::set_command(board_.address, before & ~decode);
	while (window_.info().state & (PCIPEEK_STATE_MEMORY_DECODE | PCIPEEK_STATE_IO_DECODE))
		;
	wait_for_the_next_jiffy();
	expect_no_ones({EIO});
	vm::set_command(board_.address, before);
	expect_data();
}

/* Under the reader, so that it also happens between the question and the read. */
TEST_P(OnTheBus, OfAFunctionThatDecodesNowAndThenIsDataOrEIO)
{
	{
		const vm::Flickering flickering(board_.address, decode, refusals_);
		expect_no_ones({0, EIO});
	}
	expect_data();
}

/* The bridge forwards nothing any more: no register answers, nor does configuration. */
TEST_P(BehindABridge, OfAFunctionThatVanishedWithoutAWordIsEIO)
{
	const std::uint16_t before = vm::command_of(bridge);
	const vm::CutOff cut_off(bridge);
	vm::set_command(bridge, before & ~PCI_COMMAND_MEMORY);
	wait_for_the_next_jiffy();
	expect_no_ones({EIO});
	cut_off.end();
	vm::set_command(bridge, before);
	expect_data();
}

/* QEMU's registers answer in D3hot, and so the answer does not come from them. */
TEST_P(BehindABridge, OfAFunctionThatIsAsleepIsEIO)
{
	const std::uint8_t control = vm::power_capability_of(board_.address) + PCI_PM_CTRL;
	const std::vector<std::uint8_t> awake = vm::config_of(board_.address, control, 2);
	vm::set_config(board_.address, control, {PCI_PM_CTRL_STATE_MASK, 0});
	EXPECT_EQ(PCIPEEK_POWER_D3HOT, window_.info().power_state);
	wait_for_the_next_jiffy();
	expect_no_ones({EIO});
	vm::set_config(board_.address, control, awake);
	expect_data();
}

/* Again and again, for as long as the reads take. */
TEST_P(BehindABridge, OfAFunctionInAResetIsDataOrEAGAIN)
{
	std::atomic<bool> over = false;
	unsigned resets = 0;
	std::thread resetter([this, &over, &resets] {
		for (; !over; resets++)
			EXPECT_EQ(0, vm::write_pci("devices/" + board_.address + "/reset", "1"));
	});
	expect_no_ones({0, EAGAIN});
	over = true;
	resetter.join();
	std::cout << "resets: " << resets << '\n';
	EXPECT_LT(0U, resets);
	expect_data();
}

INSTANTIATE_TEST_SUITE_P(Boards, OnTheBus, testing::Values(nvme, rtl8139), name_of);
INSTANTIATE_TEST_SUITE_P(Boards, BehindABridge, testing::Values(nvme), name_of);

} // namespace
