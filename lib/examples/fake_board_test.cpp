// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers

// Tests of a program for a measuring board, without the board: build it with
//
//     g++ -std=c++20 fake_board_test.cpp $(pkg-config --cflags --libs pcipeek)
#include <pcipeek/pcipeek.hpp>
#include <pcipeek/testing.hpp>

#include <iostream>

using namespace std::chrono_literals;

// ---- The program. It knows nothing of tests.

// Registers of BAR 0.
constexpr std::uint64_t control = 0x00; // bit 0: measure
constexpr std::uint64_t status = 0x04; // bit 0: busy
constexpr std::uint64_t result = 0x08; // in millivolts

std::uint32_t measure()
{
	const auto boards = pcipeek::lspci({.vendor = 0x1147, .device = 0x0c8e});
	const pcipeek::Bar registers = boards.at(0).bar(0);

	pcipeek::write(registers, control, std::uint32_t{1});
	pcipeek::wait_until(registers, status, {.value = 0, .mask = 1}, 100ms);
	return pcipeek::read<std::uint32_t>(registers, result);
}

// ---- The board, as its manual describes it.

class MeasuringBoard {
public:
	MeasuringBoard()
	{
		board.on_write(0, control, [this](const auto &) {
			board.set<std::uint32_t>(0, status, 1);
			board.after(conversion_time, [this] {
				board.set<std::uint32_t>(0, result, input_millivolts);
				board.set<std::uint32_t>(0, status, 0);
			});
		});
	}

	pcipeek::testing::FakeBoard board{
		{.vendor_id = 0x1147, .device_id = 0x0c8e, .bars = {{0, {.size = 64}}}}};
	std::chrono::nanoseconds conversion_time = 20ms;
	std::uint32_t input_millivolts = 0;
};

// ---- The tests. Any framework will do as well; here is none.

int &failures()
{
	static int count = 0;
	return count;
}

void expect(bool as_expected, const char *claim)
{
	std::cout << (as_expected ? "ok   " : "FAIL ") << claim << '\n';
	failures() += as_expected ? 0 : 1;
}

template <class E, class Action>
bool throws(const Action &action)
{
	try {
		action();
	} catch (const E &) {
		return true;
	}
	return false;
}

void it_measures()
{
	MeasuringBoard fake;
	fake.input_millivolts = 1234;

	expect(measure() == 1234, "it returns what was measured");
	expect(to_string(fake.board.accesses().front()) == "write bar0+0x0 32 = 0x1",
	       "it starts the measurement first");
	expect(to_string(fake.board.accesses().back()) == "read bar0+0x8 32 = 0x4d2",
	       "it reads the result last");
}

void it_grants_up()
{
	MeasuringBoard fake;
	fake.conversion_time = 1h;

	expect(throws<pcipeek::TimeoutError>(measure), "it gives up if the board stays busy");
	expect(fake.board.now() < 1s, "it does so within a second");
}

void it_notices()
{
	MeasuringBoard fake;
	fake.board.after(1ms, [&] { fake.board.unplug(); });

	expect(throws<pcipeek::Error>(measure), "it notices that the board is pulled out");
	expect(throws<std::out_of_range>(measure), "it notices that there is no board");
}

int main()
{
	it_measures();
	it_grants_up();
	it_notices();
	return failures() == 0 ? 0 : 1;
}
