// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "map_text.hpp"

#include <gmock/gmock.h>

#include <vector>

using namespace pcipeek;
using namespace pcipeek::test;
using testing::ElementsAre;

namespace {

std::vector<std::string> names_of(const Map &map)
{
	std::vector<std::string> names;
	for (const map::Register &reg : map.registers())
		names.push_back(reg.name);
	return names;
}

TEST(Toml, DescribesTheDevice)
{
	const Map map = Map::parse(R"(
name = "QEMU edu"
description = "a board for lessons"
match = ["1234:11e8"]
class = ["00ff", "00ff00"]
)",
				   MapFormat::toml, "edu.toml");

	EXPECT_EQ(map.name(), "QEMU edu");
	EXPECT_EQ(map.description(), "a board for lessons");
	EXPECT_THAT(map.matches(), ElementsAre("1234:11e8", "class 00ff", "class 00ff00"));
	EXPECT_TRUE(map.registers().empty());
}

TEST(Toml, HasRegistersInTheOrderOfTheFile)
{
	const Map map = toml("[bar2.ZULU]\noffset = 0x20\n[bar0.ALPHA]\noffset = 4\n"
			     "[bar2.MIKE]\noffset = 0\n");

	EXPECT_THAT(names_of(map), ElementsAre("ZULU", "MIKE", "ALPHA"));
	EXPECT_EQ(map.at("ZULU").block->region(), "bar2");
	EXPECT_EQ(map.at("ZULU").offset, 0x20);
	EXPECT_EQ(map.at("ALPHA").block->bar, 0);
}

TEST(Toml, ReadsEveryKeyOfARegister)
{
	const map::Register reg = toml(R"(
[bar0.CTRL]
offset = 0x98
width = 64
word = 32
order = "high-first"
access = "ro"
reset = 0x12
read = "clears"
write = "zero-to-set"
volatile = true
overlaps = true
description = "control"
source = "chapter 4"
)")
					  .at("CTRL");

	EXPECT_EQ(reg.offset, 0x98);
	EXPECT_EQ(reg.type->bits, 64);
	EXPECT_EQ(reg.type->word_bits, 32);
	EXPECT_EQ(reg.type->order, map::WordOrder::high_first);
	EXPECT_EQ(reg.type->access, map::Access::read_only);
	EXPECT_EQ(reg.type->reset, 0x12);
	EXPECT_EQ(reg.type->read_effect, map::ReadEffect::clears);
	EXPECT_EQ(reg.type->write_effect, map::WriteEffect::zero_to_set);
	EXPECT_TRUE(reg.type->is_volatile);
	EXPECT_TRUE(reg.type->overlaps);
	EXPECT_EQ(reg.type->description, "control");
	EXPECT_EQ(reg.type->source, "chapter 4");
}

TEST(Toml, ARegisterIs32BitsToReadAndWriteUnlessItSaysOtherwise)
{
	const map::Register reg = toml("[bar0.A]\noffset = 0\n").at("A");

	EXPECT_EQ(reg.type->bits, 32);
	EXPECT_EQ(reg.type->word_bits, 32);
	EXPECT_EQ(reg.type->order, map::WordOrder::low_first);
	EXPECT_EQ(reg.type->access, map::Access::read_write);
	EXPECT_EQ(reg.type->reset, std::nullopt);
	EXPECT_FALSE(reg.type->has_read_effect());
	EXPECT_FALSE(reg.type->is_volatile);
	EXPECT_FALSE(reg.type->overlaps);
}

TEST(Toml, TheMapAndBlocksHaveDefaultsOfTheirOwn)
{
	const Map map = toml(R"(
width = 16
access = "ro"
[bar0.A]
offset = 0
[bar0.B]
offset = 2
width = 8
[bar0.C]
offset = 4
width = 64
access = "rw1c"
[bar0.C.registers.D]
offset = 0
[bar0.C.registers.E]
offset = 8
access = "wo"
)");

	EXPECT_EQ(map.at("A").type->bits, 16);
	EXPECT_EQ(map.at("A").type->access, map::Access::read_only);
	EXPECT_EQ(map.at("B").type->bits, 8);
	EXPECT_EQ(map.at("C.D").type->bits, 64);
	EXPECT_EQ(map.at("C.D").type->write_effect, map::WriteEffect::one_to_clear);
	EXPECT_EQ(map.at("C.E").type->access, map::Access::write_only);
	EXPECT_EQ(map.at("C.E").type->write_effect, map::WriteEffect::plain);
}

TEST(Toml, AccessHasShortForms)
{
	const Map map = toml("[bar0.A]\noffset=0\naccess=\"rc\"\n[bar0.B]\noffset=4\naccess="
			     "\"rwo\"\n[bar0.C]\noffset=8\naccess=\"none\"\n[bar0.D]\noffset=12\n"
			     "access=\"rw1s\"\n");

	EXPECT_EQ(map.at("A").type->access, map::Access::read_only);
	EXPECT_EQ(map.at("A").type->read_effect, map::ReadEffect::clears);
	EXPECT_TRUE(map.at("B").type->write_once);
	EXPECT_EQ(map.at("C").type->access, map::Access::none);
	EXPECT_EQ(map.at("D").type->write_effect, map::WriteEffect::one_to_set);
}

TEST(Toml, FieldsAreBitsOrTables)
{
	const map::Register reg = toml(R"(
[values.SPEED]
gen1 = 1
gen2 = { value = 2, description = "5 GT/s" }
[bar0.R]
offset = 0
fields.ONE = "31"
fields.TWO = "7:4"
fields.SPEED = { bits = "3:0", values = "SPEED", access = "ro", description = "d", source = "s" }
fields.DIR = { bits = "8", values = { in = 0, out = 1 }, read = "other" }
)")
					  .at("R");
	const auto &fields = reg.type->fields;

	ASSERT_EQ(fields.size(), 4);
	EXPECT_EQ(fields[0].name, "ONE");
	EXPECT_EQ(fields[0].mask(), 0x80000000);
	EXPECT_EQ(fields[1].mask(), 0xf0);
	EXPECT_EQ(fields[2].access, map::Access::read_only);
	EXPECT_EQ(fields[2].values->at(1).name, "gen2");
	EXPECT_EQ(fields[2].values->at(1).description, "5 GT/s");
	EXPECT_EQ(fields[2].description, "d");
	EXPECT_EQ(fields[2].source, "s");
	EXPECT_EQ(fields[3].value_named("OUT")->value, 1);
	EXPECT_EQ(fields[3].read_effect, map::ReadEffect::other);
	EXPECT_TRUE(reg.type->has_read_effect());
}

TEST(Toml, FieldsInheritHowTheRegisterBehaves)
{
	const map::Register reg = toml("[bar0.R]\noffset = 0\naccess = \"rw1c\"\nfields.A = \"0\"\n"
				       "fields.B = { bits = \"1\", access = \"ro\" }\n")
					  .at("R");

	EXPECT_EQ(reg.type->fields[0].write_effect, map::WriteEffect::one_to_clear);
	EXPECT_EQ(reg.type->fields[1].write_effect, map::WriteEffect::plain);
	EXPECT_EQ(reg.type->fields[1].access, map::Access::read_only);
}

TEST(Toml, ArraysOfFieldsMoveUp)
{
	const map::Register reg =
		toml("[bar0.R]\noffset = 0\nfields.\"E%sN\" = { bits = \"9:8\", count = 3, "
		     "stride = 4, first = 1 }\n")
			.at("R");

	ASSERT_EQ(reg.type->fields.size(), 3);
	EXPECT_EQ(reg.type->fields[2].name, "E3N");
	EXPECT_EQ(reg.type->fields[2].low, 16);
	EXPECT_EQ(reg.type->fields[2].high, 17);
}

TEST(Toml, ArraysOfRegistersFollowOneAnother)
{
	const Map map = toml("[bar0.\"T%s_LOW\"]\noffset = 0x10\nindex = [\"A\", \"B\"]\n"
			     "[bar0.R]\noffset = 0x100\ncount = 2\nstride = 0x20\nfirst = 7\n");

	EXPECT_THAT(names_of(map), ElementsAre("TA_LOW", "TB_LOW", "R7", "R8"));
	EXPECT_EQ(map.at("TB_LOW").offset, 0x14);
	EXPECT_EQ(map.at("R8").offset, 0x120);
	EXPECT_EQ(map.at("R7").type, map.at("R8").type) << "what they have in common is shared";
}

TEST(Toml, BlocksNestAndRepeat)
{
	const Map map = toml(R"(
[bar0.PORT]
offset = 0x100
count = 2
stride = 0x80
description = "a port"
[bar0.PORT.registers.CLB]
offset = 4
[bar0.PORT.registers.RING]
offset = 0x40
count = 2
stride = 0x10
[bar0.PORT.registers.RING.registers.HEAD]
offset = 8
)");

	EXPECT_THAT(names_of(map),
		    ElementsAre("PORT0.CLB", "PORT0.RING0.HEAD", "PORT0.RING1.HEAD", "PORT1.CLB",
				"PORT1.RING0.HEAD", "PORT1.RING1.HEAD"));
	EXPECT_EQ(map.at("PORT1.RING1.HEAD").offset, 0x100 + 0x80 + 0x40 + 0x10 + 8);
	EXPECT_EQ(map.at("PORT1.CLB").block->name, "PORT1");
	EXPECT_EQ(map.at("PORT1.CLB").block->description, "a port");
	EXPECT_EQ(map.at("PORT1.RING1.HEAD").block->name, "PORT1.RING1");
}

TEST(Toml, BlocksAreWhereTheDeviceSays)
{
	const Map map = toml(R"(
[config.CAP_EXP]
capability = 0x10
registers.LNKSTA = { offset = 0x12, width = 16 }
[config.AER]
extended_capability = 1
registers.STATUS = { offset = 4 }
[config.HEADER1]
header = 1
registers.BUSES = { offset = 0x18 }
[bar4.COMMON]
virtio = 1
registers.FEATURES = { offset = 4 }
[bar0.CAPLENGTH]
offset = 0
width = 8
[bar0.OP]
base = "CAPLENGTH"
base_scale = 4
offset = 8
registers.CMD = { offset = 1, width = 8 }
)");

	EXPECT_EQ(map.at("LNKSTA").block->anchor,
		  (map::Anchor{.kind = map::Anchor::Kind::capability, .id = 0x10}));
	EXPECT_EQ(map.at("AER.STATUS").block->anchor,
		  (map::Anchor{.kind = map::Anchor::Kind::extended_capability, .id = 1}));
	EXPECT_EQ(map.at("BUSES").block->header, 1);
	EXPECT_EQ(map.at("FEATURES").block->anchor,
		  (map::Anchor{.kind = map::Anchor::Kind::virtio, .id = 1}));
	EXPECT_EQ(map.at("CMD").block->anchor,
		  (map::Anchor{.kind = map::Anchor::Kind::base_register,
			       .base = "CAPLENGTH",
			       .scale = 4}));
	EXPECT_EQ(map.at("CMD").offset, 9);
}

TEST(Toml, ARegisterIsLikeAnother)
{
	const Map map = toml(R"(
[bar0.A]
offset = 0
width = 16
fields.X = "3:0"
description = "of A"
[bar0.B]
like = "A"
offset = 8
[bar0.C]
like = "B"
offset = 16
description = "of C"
)");

	EXPECT_EQ(map.at("C").offset, 16);
	EXPECT_EQ(map.at("C").type->bits, 16);
	EXPECT_EQ(map.at("C").type->fields.at(0).name, "X");
	EXPECT_EQ(map.at("C").type->description, "of C");
	EXPECT_EQ(map.at("B").type->description, "of A");
}

TEST(Toml, NumbersBeyond63BitsAreStrings)
{
	const Map map = toml("[bar0.A]\noffset = 0\nwidth = 64\nreset = \"0xffffffffffffffff\"\n");

	EXPECT_EQ(map.at("A").type->reset, 0xffffffffffffffff);
}

TEST(Toml, AByteOrderMarkAndCarriageReturnsAreNoMatter)
{
	const Map map = Map::parse("\xef\xbb\xbfname = \"x\"\r\n[bar0.A]\r\noffset = 4\r\n",
				   MapFormat::toml, "x.toml");

	EXPECT_EQ(map.at("A").offset, 4);
}

TEST(Toml, CommentsAndStringsMayBeInAnyLanguage)
{
	const Map map =
		toml("description = \"\\\"f\xc3\xbcr alle\" # \xc3\xbc\nsource = '\xc3\xbc'\n");

	EXPECT_EQ(map.description(), "\"f\xc3\xbcr alle");
}

TEST(Toml, OddWidthsAreKept)
{
	const Map map = toml("[bar0.A]\noffset = 0\nwidth = 24\n[bar0.B]\noffset=4\nwidth=128\n");

	EXPECT_FALSE(map.at("A").type->is_accessible());
	EXPECT_EQ(map.at("A").bytes(), 3);
	EXPECT_FALSE(map.at("B").type->is_accessible());
}

} // namespace
