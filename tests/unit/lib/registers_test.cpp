// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "board_registers.hpp"

#include <pcipeek/testing.hpp>
#include <pcipeek/wait.hpp>

#include <gmock/gmock.h>

namespace pcipeek {
namespace {

using testing::FakeBoard;
using ::testing::ElementsAre;
using namespace std::chrono_literals;

// All of this is known when the program is compiled.
static_assert(board::CTRL.MODE.of(0x4) == board::CTRL.MODE.fast);
static_assert(board::PORT[3].CMD.place() == typed::Place{2, 0x74});
static_assert((board::CTRL.START(1) | board::CTRL.MODE(board::CTRL.MODE.fast)).value == 0x5);
static_assert(std::same_as<decltype(board::TRIGGER)::value_type, std::uint8_t>);
static_assert(board::PORT.size() == 4);

class TypedRegisters : public ::testing::Test {
protected:
	std::vector<std::string> log() const
	{
		std::vector<std::string> lines;
		for (const auto &access : fake.accesses())
			lines.push_back(to_string(access));
		return lines;
	}

	FakeBoard fake{{.bars = {{0, {}}, {2, {}}}}};
	Device device = fake.device();
};

template <class Action>
std::string refusal(const Action &action)
{
	try {
		action();
	} catch (const Error &error) {
		return error.cause() == Cause::invalid ? error.what() : "another cause";
	}
	return "nothing was thrown";
}

TEST_F(TypedRegisters, AreReadInOneAccessOfTheirWidth)
{
	fake.set<std::uint32_t>(2, 0x20, 0x501);

	EXPECT_EQ(read(device, board::STATUS), 0x501u);
	EXPECT_EQ(read(device.bar(2), board::STATUS.STATE), 5u);
	EXPECT_THAT(log(), ElementsAre("read bar2+0x20 32 = 0x501", "read bar2+0x20 32 = 0x501"));
}

TEST_F(TypedRegisters, AreWrittenInOneAccessOfTheirWidth)
{
	write(device, board::TRIGGER, 0xff);
	write(device, board::CTRL.START(1) | board::CTRL.MODE(board::CTRL.MODE.fast));

	EXPECT_THAT(log(), ElementsAre("write bar2+0x28 8 = 0xff", "write bar2+0x24 32 = 0x5"));
}

TEST_F(TypedRegisters, KeepTheOtherFieldsInAnUpdateAndSetOffNone)
{
	fake.set<std::uint32_t>(2, 0x24, 0x800010f7);

	EXPECT_EQ(update(device, board::CTRL.MODE(board::CTRL.MODE.slow)), 0x800010f7u);

	EXPECT_THAT(log(), ElementsAre("read bar2+0x24 32 = 0x800010f7",
				       "write bar2+0x24 32 = 0x80001f01"));
}

TEST_F(TypedRegisters, ClearTheEventsThatAnUpdateNamesAndNoOthers)
{
	fake.set<std::uint32_t>(2, 0x24, 0xf0);

	update(device, board::CTRL.EVENTS(2));

	EXPECT_EQ(log().back(), "write bar2+0x24 32 = 0xf20");
}

TEST_F(TypedRegisters, AreWaitedFor)
{
	fake.set<std::uint32_t>(2, 0x20, 0x301);
	fake.after(5ms, [&] { fake.set<std::uint32_t>(2, 0x20, 0x300); });

	EXPECT_EQ(wait_until(device, board::STATUS.BUSY == 0, 10ms), 0x300u);
	EXPECT_EQ(wait_until(device, board::STATUS == 0x300, 0ms), 0x300u);
	EXPECT_THROW(wait_until(device, board::STATUS.STATE != 3, 1ms), TimeoutError);
}

TEST_F(TypedRegisters, OfSeveralWordsAreAccessedByAscendingOffset)
{
	write(device, board::LONG, std::uint64_t{0x1122334455667788});

	EXPECT_EQ(read(device, board::LONG), 0x1122334455667788u);
	EXPECT_EQ(read(device, board::LONG.HIGH), 0x11223344u);
	EXPECT_THAT(log(),
		    ElementsAre("write bar2+0x30 32 = 0x11223344",
				"write bar2+0x34 32 = 0x55667788", "read bar2+0x30 32 = 0x11223344",
				"read bar2+0x34 32 = 0x55667788", "read bar2+0x30 32 = 0x11223344",
				"read bar2+0x34 32 = 0x55667788"));
}

TEST_F(TypedRegisters, ThatCountAreReadHighLowHigh)
{
	fake.set<std::uint32_t>(2, 0x38, 7);
	fake.set<std::uint32_t>(2, 0x3c, 1);

	EXPECT_EQ(read(device, board::COUNTER), 0x100000007u);
	EXPECT_THAT(log(), ElementsAre("read bar2+0x3c 32 = 0x1", "read bar2+0x38 32 = 0x7",
				       "read bar2+0x3c 32 = 0x1"));
}

TEST_F(TypedRegisters, InArraysHaveAnIndex)
{
	for (unsigned i = 0; i < board::PORT.size(); i++)
		update(device, board::PORT[i].CMD.SLOT(i) | board::PORT[i].CMD.START(1));

	EXPECT_EQ(fake.get<std::uint32_t>(2, 0x44), 0x01u);
	EXPECT_EQ(fake.get<std::uint32_t>(2, 0x74), 0x31u);
}

TEST_F(TypedRegisters, RefuseAtRunTimeWhatTheCompilerCouldNotSee)
{
	volatile int four = 4;
	volatile int negative = -1;
	volatile unsigned zero = 0;

	EXPECT_EQ(refusal([&] { update(device, board::CTRL.MODE(int{four})); }),
		  "0x4 does not fit; the register or field holds 0 to 0x3");
	EXPECT_EQ(refusal([&] { write(device, board::TRIGGER, int{negative}); }),
		  "-1 is negative; a register holds 0 to 0xff");
	EXPECT_EQ(refusal([&] { (void)read(device, board::PORT[int{four}].CMD); }),
		  "there is no register 4; the array has 0 to 3");
	EXPECT_THAT(refusal([&] {
			    update(device, board::PORT[unsigned{zero}].CMD.START(1) |
						   board::PORT[1].CMD.SLOT(1));
		    }),
		    ::testing::HasSubstr("use one update for each"));
	EXPECT_THAT(log(), ElementsAre());
}

TEST_F(TypedRegisters, AreInTheirBarAndNoOther)
{
	EXPECT_EQ(refusal([&] { (void)read(device.bar(0), board::STATUS); }),
		  "the register is in BAR 2, not in BAR 0 of 0000:05:0d.0; pass that BAR, or the "
		  "device");
}

} // namespace
} // namespace pcipeek
