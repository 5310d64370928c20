// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "map_text.hpp"

#include <pcipeek/error.hpp>
#include <pcipeek/testing.hpp>
#include <pcipeek/wait.hpp>

#include <gmock/gmock.h>

using namespace pcipeek;
using namespace pcipeek::test;
using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

namespace {

class NamedFields : public ::testing::Test {
protected:
	std::vector<std::string> log() const
	{
		std::vector<std::string> list;
		for (const auto &access : board.accesses())
			list.push_back(to_string(access));
		return list;
	}

	std::uint64_t update(const char *name, std::initializer_list<map::FieldValue> fields)
	{
		return map::update(device, map, map.at(name), fields);
	}

	std::uint64_t wait(const char *name, const map::FieldValue &wanted)
	{
		return map::wait_until(device, map, map.at(name), wanted, 1ms);
	}

	template <class Action>
	std::string refusal(const Action &action)
	{
		try {
			action();
		} catch (const std::exception &error) {
			return error.what();
		}
		return "nothing was refused";
	}

	pcipeek::testing::FakeBoard board{{.bars = {{0, {.size = 256}}}}};
	Device device = board.device();
	Map map = toml(R"(
[bar0.CTRL]
offset = 0x10
width = 16
fields.START = "0"
fields.DIRECTION = { bits = "2:1", values = { to_device = 0, to_ram = 2 } }
fields.IRQ = { bits = "8", access = "rw1c" }
fields.GATE = { bits = "9", write = "zero-to-set" }
fields.STATE = { bits = "15:12", access = "ro" }
[bar0.STATUS]
offset = 0x20
access = "ro"
fields.BUSY = "3"
fields.MODE = { bits = "5:4", values = { idle = 0, running = 1 } }
[bar0.GO]
offset = 0x24
access = "wo"
fields.NOW = "0"
[bar0.POP]
offset = 0x28
fields.DATA = { bits = "7:0", read = "modifies" }
[bar0.WIDE]
offset = 0x30
width = 64
word = 32
fields.X = "0"
[config.COMMAND]
offset = 4
width = 16
fields.MASTER = "2"
)");
};

TEST_F(NamedFields, OneReadAndOneWriteChangeSeveral)
{
	board.set<std::uint16_t>(0, 0x10, 0x3001);

	EXPECT_EQ(update("CTRL", {{"START", 0}, {"direction", "To_RAM"}}), 0x3001);
	EXPECT_THAT(log(),
		    ElementsAre("read bar0+0x10 16 = 0x3001", "write bar0+0x10 16 = 0x3204"));
}

TEST_F(NamedFields, WhatActsWhenItIsWrittenIsLeftInPeace)
{
	board.set<std::uint16_t>(0, 0x10, 0x0100);

	update("CTRL", {{"START", 1}});
	EXPECT_THAT(log(), ElementsAre("read bar0+0x10 16 = 0x100", "write bar0+0x10 16 = 0x201"));
}

TEST_F(NamedFields, WhatActsIsWrittenIfItIsNamed)
{
	board.set<std::uint16_t>(0, 0x10, 0x0100);

	update("CTRL", {{"IRQ", 1}, {"GATE", 0}});
	EXPECT_THAT(log(), ElementsAre("read bar0+0x10 16 = 0x100", "write bar0+0x10 16 = 0x100"));
}

TEST_F(NamedFields, AFieldIsWaitedFor)
{
	board.set<std::uint32_t>(0, 0x20, 0x18);
	board.after(100us, [&] { board.set<std::uint32_t>(0, 0x20, 0x10); });

	EXPECT_EQ(wait("STATUS", {"BUSY", 0}), 0x10);
	EXPECT_EQ(wait("STATUS", {"MODE", "running"}), 0x10);
}

TEST_F(NamedFields, AFieldThatDoesNotChangeTimesOut)
{
	EXPECT_THROW(wait("STATUS", {"BUSY", 1}), TimeoutError);
}

TEST_F(NamedFields, WrongNamesAreRefusedWithoutAnAccess)
{
	EXPECT_THAT(refusal([&] {
			    update("CTRL", {{"STRAT", 1}});
		    }),
		    HasSubstr("CTRL has no field 'STRAT'; did you mean START?"));
	EXPECT_THAT(refusal([&] {
			    update("CTRL", {{"DIRECTION", "to_rom"}});
		    }),
		    HasSubstr("CTRL:DIRECTION has no value 'to_rom'; did you mean to_ram?"));
	EXPECT_THAT(refusal([&] {
			    update("CTRL", {{"START", "on"}});
		    }),
		    HasSubstr("CTRL:START has no value 'on'; its values have no names"));
	EXPECT_THAT(refusal([&] {
			    wait("STATUS", {"BUZY", 0});
		    }),
		    HasSubstr("STATUS has no field 'BUZY'"));
	EXPECT_THAT(log(), IsEmpty());
}

TEST_F(NamedFields, WhatTheMapForbidsIsRefusedWithoutAnAccess)
{
	EXPECT_THAT(refusal([&] {
			    update("CTRL", {{"STATE", 1}});
		    }),
		    HasSubstr("CTRL: its field STATE cannot be written"));
	EXPECT_THAT(refusal([&] {
			    update("CTRL", {{"START", 2}});
		    }),
		    HasSubstr("CTRL:START: 0x2 does not fit its 1 bits"));
	EXPECT_THAT(refusal([&] {
			    update("CTRL", {{"START", 1}, {"START", 1}});
		    }),
		    HasSubstr("CTRL:START: its bits are given twice"));
	EXPECT_THAT(refusal([&] { update("CTRL", {}); }), HasSubstr("an update needs a field"));
	EXPECT_THAT(refusal([&] {
			    update("STATUS", {{"BUSY", 1}});
		    }),
		    HasSubstr("STATUS: it is read-only"));
	EXPECT_THAT(refusal([&] {
			    update("GO", {{"NOW", 1}});
		    }),
		    HasSubstr("GO: it is write-only"));
	EXPECT_THAT(refusal([&] {
			    update("POP", {{"DATA", 1}});
		    }),
		    HasSubstr("POP: reading it has a side effect"));
	EXPECT_THAT(refusal([&] {
			    update("WIDE", {{"X", 1}});
		    }),
		    HasSubstr("WIDE: it has several words"));
	EXPECT_THAT(refusal([&] {
			    wait("WIDE", {"X", 1});
		    }),
		    HasSubstr("WIDE: it has several words"));
	EXPECT_THAT(refusal([&] { wait("GO", {"NOW", 0}); }), HasSubstr("GO: it is write-only"));
	EXPECT_THAT(refusal([&] {
			    wait("COMMAND", {"MASTER", 0});
		    }),
		    HasSubstr("COMMAND: it is not in a BAR"));
	EXPECT_THAT(log(), IsEmpty());
}

TEST(RegisterType, WhatHasNoFieldActsAsItsRegister)
{
	const auto type = toml("[bar0.A]\noffset = 0\nwidth = 8\nwrite = \"zero-to-set\"\n"
			       "fields.X = { bits = \"1:0\", write = \"plain\" }\n")
				  .at("A")
				  .type;

	EXPECT_EQ(type->written_as_one(), 0xfc);
	EXPECT_EQ(type->written_as_zero(), 0);
}

} // namespace
