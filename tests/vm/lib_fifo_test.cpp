/* SPDX-License-Identifier: GPL-2.0-or-later */
/* SPDX-FileCopyrightText: The pcipeek developers */
#include "attachment.hpp"
#include "library.hpp"
#include "machine.hpp"
#include "trace.hpp"

#include <gmock/gmock.h>

#include <array>
#include <chrono>
#include <cstdint>
#include <numeric>
#include <string>
#include <vector>

/*
 * FIFOs by the library: a 16550 UART in loop-back mode. Its registers are those of the
 * PC16550D data sheet (National Semiconductor, 1995), section 8.
 */
namespace {

using namespace std::chrono_literals;
using pcipeek::Bar;
using pcipeek::Width;
using testing::ElementsAre;
using vm::accesses_since;
using vm::Mark;
using vm::mark_trace;

const std::string &uart = vm::serial;

constexpr std::uint64_t data = 0;
constexpr std::uint64_t interrupts = 1;
constexpr std::uint64_t fifo_control = 2;
constexpr std::uint64_t line_control = 3;
constexpr std::uint64_t modem_control = 4;
constexpr std::uint64_t line_status = 5;

constexpr std::uint8_t fifos_on_and_empty = 0x07;
constexpr std::uint8_t eight_bits = 0x03;
constexpr std::uint8_t loop_back = 0x10;
constexpr std::uint8_t all_sent_and_data_ready = 0x61;
constexpr std::size_t fifo_depth = 16;

/* Takes the port from the kernel's driver for as long as it lives. */
class TakenFromItsDriver {
public:
	TakenFromItsDriver()
	{
		pcipeek::bind(vm::device_at(uart), {.force = true});
	}
	~TakenFromItsDriver()
	{
		pcipeek::unbind(vm::device_at(uart));
		vm::write_pci("drivers/serial/bind", uart);
	}
	TakenFromItsDriver(const TakenFromItsDriver &) = delete;
	TakenFromItsDriver &operator=(const TakenFromItsDriver &) = delete;
};

class Uart : public testing::Test {
protected:
	void SetUp() override
	{
		pcipeek::Batch(bar0_.device())
			.write(bar0_, interrupts, std::uint8_t{0})
			.write(bar0_, line_control, eight_bits)
			.write(bar0_, fifo_control, fifos_on_and_empty)
			.write(bar0_, modem_control, loop_back)
			.run();
	}

	TakenFromItsDriver taken_;
	Bar bar0_ = vm::device_at(uart).bar(0);
};

TEST_F(Uart, SeesItsFifoWrittenAndReadAtOneAddress)
{
	const std::array<std::uint8_t, 3> sent = {0xca, 0xfe, 0x5a};
	std::array<std::uint8_t, 3> received{};
	pcipeek::read<std::uint8_t>(bar0_, line_status);
	const Mark mark = mark_trace();

	pcipeek::write_fifo<std::uint8_t>(bar0_, data, sent);
	pcipeek::read_fifo<std::uint8_t>(bar0_, data, received);
	EXPECT_EQ(sent, received);
	EXPECT_THAT(accesses_since(mark, uart),
		    ElementsAre("write bar0+0x00.b 0xca", "write bar0+0x00.b 0xfe",
				"write bar0+0x00.b 0x5a", "read bar0+0x00.b 0xca",
				"read bar0+0x00.b 0xfe", "read bar0+0x00.b 0x5a"));
}

TEST_F(Uart, SendsAndReceivesAStreamWithoutALostByte)
{
	std::vector<std::uint8_t> sent(4096);
	std::iota(sent.begin(), sent.end(), std::uint8_t{7});
	std::vector<std::uint8_t> received(sent.size());
	for (std::size_t at = 0; at < sent.size(); at += fifo_depth) {
		const auto part = std::span{received}.subspan(at, fifo_depth);
		pcipeek::write_fifo<std::uint8_t>(bar0_, data,
						  std::span{sent}.subspan(at, fifo_depth));
		pcipeek::wait_until(bar0_, line_status,
				    {.value = all_sent_and_data_ready,
				     .mask = all_sent_and_data_ready},
				    1s, {}, Width::w8);
		pcipeek::read_fifo<std::uint8_t>(bar0_, data, part);
	}
	EXPECT_EQ(sent, received);
}

} // namespace
