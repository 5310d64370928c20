// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
//
// FIXED blocks on a real FIFO: a 16550 UART in loop-back mode. Its registers are those
// of the PC16550D data sheet (National Semiconductor, 1995), section 8.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <cerrno>
#include <cstdint>
#include <string>
#include <vector>

#include "attachment.hpp"
#include "machine.hpp"
#include "trace.hpp"

namespace {

using vm::access_at;
using vm::accesses_since;
using vm::Granted;
using vm::Mark;
using vm::mark_trace;
using vm::Attachment;

const std::string &uart = vm::serial;

constexpr std::uint8_t data = 0;
constexpr std::uint8_t interrupts = 1;
constexpr std::uint8_t fifo_control = 2;
constexpr std::uint8_t line_control = 3;
constexpr std::uint8_t modem_control = 4;
constexpr std::uint8_t line_status = 5;

constexpr std::uint8_t fifos_on_and_empty = 0x07;
constexpr std::uint8_t eight_bits = 0x03;
constexpr std::uint8_t loop_back = 0x10;
constexpr std::uint8_t data_ready = 0x01;
constexpr std::uint8_t all_sent = 0x60;
constexpr std::size_t fifo_depth = 16;

/* Takes the port from the kernel's driver for as long as it lives. */
class TakenFromItsDriver {
public:
	TakenFromItsDriver()
	{
		EXPECT_EQ(0, vm::write_pci("drivers/serial/unbind", uart));
	}
	~TakenFromItsDriver()
	{
		vm::write_pci("drivers/serial/bind", uart);
	}
};

class UartInLoopBack : public testing::Test {
protected:
	void SetUp() override
	{
		set(interrupts, 0);
		set(line_control, eight_bits);
		set(fifo_control, fifos_on_and_empty);
		set(modem_control, loop_back);
	}

	void set(std::uint8_t offset, std::uint8_t value)
	{
		ASSERT_EQ(0, attachment_.write(access_at(0, offset, 1, value)));
	}

	int fixed(std::uint8_t *bytes, std::size_t count, std::uint32_t direction)
	{
		pcipeek_block block = vm::block_at(0, data, 1, count, bytes);
		block.flags = PCIPEEK_BLOCK_FIXED | direction;
		const int error = attachment_.block(block);
		EXPECT_EQ(count, block.done);
		return error;
	}

	int wait_for(std::uint8_t bits)
	{
		pcipeek_op op{};
		op.code = PCIPEEK_OP_POLL;
		op.width = 1;
		op.offset = line_status;
		op.value = op.mask = bits;
		op.timeout_ns = 1000000000;
		pcipeek_batch batch = vm::batch_of({&op, 1}, std::chrono::seconds(1));
		return attachment_.ioctl(PCIPEEK_IOC_BATCH, &batch);
	}

	TakenFromItsDriver taken_;
	Granted granted_{uart};
	Attachment attachment_{uart};
};

TEST_F(UartInLoopBack, ReadsItsFifoFromOneAddress)
{
	std::array<std::uint8_t, 4> sent = {0xde, 0xad, 0xbe, 0xef};
	std::array<std::uint8_t, 4> received{};
	const Mark mark = mark_trace();
	ASSERT_EQ(0, fixed(sent.data(), sent.size(), PCIPEEK_BLOCK_WRITE));
	ASSERT_EQ(0, fixed(received.data(), received.size(), 0));
	EXPECT_EQ(sent, received);
	EXPECT_THAT(accesses_since(mark, uart),
		    testing::ElementsAre("write bar0+0x00.b 0xde", "write bar0+0x00.b 0xad",
					 "write bar0+0x00.b 0xbe", "write bar0+0x00.b 0xef",
					 "read bar0+0x00.b 0xde", "read bar0+0x00.b 0xad",
					 "read bar0+0x00.b 0xbe", "read bar0+0x00.b 0xef"));
}

TEST_F(UartInLoopBack, SendsAndReceives64KiBWithoutALostByte)
{
	std::vector<std::uint8_t> sent(65536);
	for (std::size_t i = 0; i < sent.size(); i++)
		sent[i] = static_cast<std::uint8_t>(i * 167 + i / 256);
	std::vector<std::uint8_t> received(sent.size());
	for (std::size_t at = 0; at < sent.size(); at += fifo_depth) {
		ASSERT_EQ(0, fixed(&sent[at], fifo_depth, PCIPEEK_BLOCK_WRITE));
		ASSERT_EQ(0, wait_for(all_sent | data_ready));
		ASSERT_EQ(0, fixed(&received[at], fifo_depth, 0));
	}
	EXPECT_EQ(sent, received);
}

TEST_F(UartInLoopBack, IsReadMoreOftenThanTheBarIsLong)
{
	std::vector<std::uint8_t> bytes(1000);
	EXPECT_EQ(0, fixed(bytes.data(), bytes.size(), 0));
	pcipeek_block block = vm::block_at(0, 8, 1, 1, bytes.data());
	block.flags = PCIPEEK_BLOCK_FIXED;
	EXPECT_EQ(ERANGE, attachment_.block(block));
}

} // namespace
