// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "map_text.hpp"

#include <pcipeek/error.hpp>
#include <pcipeek/testing.hpp>

#include <gmock/gmock.h>

using namespace pcipeek;
using namespace pcipeek::test;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

namespace {

class NamedAccess : public ::testing::Test {
protected:
	std::vector<std::string> log() const
	{
		std::vector<std::string> list;
		for (const auto &access : board.accesses())
			list.push_back(to_string(access));
		return list;
	}

	pcipeek::testing::FakeBoard board{{.bars = {{0, {.size = 256}}}}};
	Device device = board.device();
	Map map = toml(R"(
[bar0.BYTE]
offset = 3
width = 8
[bar0.STATUS]
offset = 0x20
access = "ro"
[bar0.GO]
offset = 0x24
access = "wo"
[bar0.WIDE]
offset = 0x34
width = 64
word = 32
order = "high-first"
[bar0.TICKS]
offset = 0x3c
width = 64
word = 32
access = "ro"
volatile = true
[bar0.ODD]
offset = 0x44
width = 24
[bar0.LENGTH]
offset = 0x50
width = 16
fields.BLOCKS = "15:4"
[bar0.OP]
base = "LENGTH:BLOCKS"
base_scale = 8
offset = 4
registers.CMD = { offset = 0 }
[bar1.FAR]
offset = 0
)");

	std::uint64_t read(const char *name)
	{
		return map::read(device, map, map.at(name));
	}

	void write(const char *name, std::uint64_t value)
	{
		map::write(device, map, map.at(name), value);
	}
};

TEST_F(NamedAccess, ReadsWithTheWidthOfTheRegister)
{
	board.set<std::uint8_t>(0, 3, 0x5a);

	EXPECT_EQ(read("BYTE"), 0x5a);
	EXPECT_THAT(log(), ElementsAre("read bar0+0x3 8 = 0x5a"));
}

TEST_F(NamedAccess, ReadsEachWordOnceInAscendingOrder)
{
	board.set<std::uint32_t>(0, 0x34, 0x11111111);
	board.set<std::uint32_t>(0, 0x38, 0x22222222);

	EXPECT_EQ(read("WIDE"), 0x1111111122222222);
	EXPECT_THAT(log(), ElementsAre("read bar0+0x34 32 = 0x11111111",
				       "read bar0+0x38 32 = 0x22222222"));
}

TEST_F(NamedAccess, AWordThatChangesInBetweenIsReadAgain)
{
	std::uint32_t high = 0;
	board.on_read(0, 0x40, [&](const auto &) { return ++high > 1 ? 1u : 0u; });
	board.set<std::uint32_t>(0, 0x3c, 7);

	EXPECT_EQ(read("TICKS"), 0x100000007);
}

TEST_F(NamedAccess, WritesEachWordOnce)
{
	write("WIDE", 0x0123456789abcdef);

	EXPECT_THAT(log(), ElementsAre("write bar0+0x34 32 = 0x1234567",
				       "write bar0+0x38 32 = 0x89abcdef"));
}

TEST_F(NamedAccess, FollowsARegisterThatSaysWhereABlockIs)
{
	board.set<std::uint16_t>(0, 0x50, 0x0010 * 12);
	board.set<std::uint32_t>(0, 0x64, 0xcafe);

	EXPECT_EQ(read("OP.CMD"), 0xcafe);
	EXPECT_THAT(log(), ElementsAre("read bar0+0x50 16 = 0xc0", "read bar0+0x64 32 = 0xcafe"));
}

TEST_F(NamedAccess, ABlockThatIsBasedOnItselfIsNowhere)
{
	map = toml("[bar0.A]\nbase = \"B.Y\"\nregisters.X = { offset = 0 }\n"
		   "[bar0.B]\nbase = \"A.X\"\nregisters.Y = { offset = 0 }\n"
		   "[bar0.C]\nbase = \"C.Z\"\nregisters.Z = { offset = 0 }\n");

	EXPECT_THAT(map_error_of([&] { read("A.X"); }), HasSubstr("block A is based on B.Y"));
	EXPECT_THAT(map_error_of([&] { read("C.Z"); }), HasSubstr("or on itself"));
	EXPECT_THAT(log(), IsEmpty());
}

TEST_F(NamedAccess, WhatCannotBeDoneIsRefusedWithoutAnAccess)
{
	const auto refusal = [&](const auto &action) {
		try {
			action();
		} catch (const Error &error) {
			return std::string{error.what()};
		}
		return std::string{"nothing was refused"};
	};

	EXPECT_THAT(refusal([&] { read("GO"); }), HasSubstr("GO: it is write-only"));
	EXPECT_THAT(refusal([&] { write("STATUS", 1); }), HasSubstr("STATUS: it is read-only"));
	EXPECT_THAT(refusal([&] { read("ODD"); }), HasSubstr("no bus access has 24 bits"));
	EXPECT_THAT(refusal([&] { write("BYTE", 0x100); }), HasSubstr("does not fit its 8 bits"));
	EXPECT_THAT(refusal([&] { read("FAR"); }), HasSubstr("BAR 1"));
	EXPECT_THAT(log(), IsEmpty());
}

} // namespace
