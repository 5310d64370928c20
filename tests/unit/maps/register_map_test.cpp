// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "map_text.hpp"

using namespace pcipeek;
using namespace pcipeek::test;

namespace {

const map::RegisterType &type(const Map &map)
{
	return *map.registers().front().type;
}

TEST(Field, IsCutOutOfARegister)
{
	const map::Field field{.name = "F", .high = 11, .low = 4};

	EXPECT_EQ(field.bits(), 8);
	EXPECT_EQ(field.mask(), 0xff0);
	EXPECT_EQ(field.of(0xabcd), 0xbc);
}

TEST(Field, MayBeAllOfARegister)
{
	const map::Field field{.name = "F", .high = 63, .low = 0};

	EXPECT_EQ(field.bits(), 64);
	EXPECT_EQ(field.mask(), ~std::uint64_t{0});
	EXPECT_EQ(field.of(~std::uint64_t{0}), ~std::uint64_t{0});
}

TEST(Field, NamesItsValues)
{
	const auto values = std::make_shared<const std::vector<map::NamedValue>>(
		std::vector<map::NamedValue>{{.name = "off", .value = 0},
					     {.name = "any_of_four", .value = 4, .mask = 0xc}});
	const map::Field field{.name = "F", .high = 3, .low = 0, .values = values};

	EXPECT_EQ(field.name_of(0)->name, "off");
	EXPECT_EQ(field.name_of(6)->name, "any_of_four");
	EXPECT_EQ(field.name_of(1), nullptr);
	EXPECT_EQ(field.value_named("OFF")->value, 0);
	EXPECT_EQ(field.value_named("on"), nullptr);
	EXPECT_EQ(map::Field{.name = "G"}.name_of(0), nullptr);
	EXPECT_EQ(map::Field{.name = "G"}.value_named("off"), nullptr);
}

TEST(Register, DecodesAllItsFields)
{
	const Map map = toml("[bar0.R]\noffset = 0\nfields.HIGH = \"7:4\"\n"
			     "fields.LOW = { bits = \"3:0\", values = { nine = 9 } }\n");
	const auto decoded = map.registers().front().decode(0x59);

	ASSERT_EQ(decoded.size(), 2);
	EXPECT_EQ(decoded[0].value, 5);
	EXPECT_EQ(decoded[0].name, nullptr);
	EXPECT_EQ(decoded[1].field->name, "LOW");
	EXPECT_EQ(decoded[1].name->name, "nine");
}

TEST(RegisterType, SaysWhichBitsAnRmwMustNotWriteBack)
{
	EXPECT_EQ(type(toml("[bar0.R]\noffset = 0\nfields.A = \"0\"\n"
			    "fields.B = { bits = \"2:1\", access = \"rw1c\" }\n"
			    "fields.C = { bits = \"8\", write = \"one-to-toggle\" }\n"
			    "fields.D = { bits = \"9\", write = \"zero-to-clear\" }\n"))
			  .written_as_zero(),
		  0x106);
}

TEST(RegisterType, WithoutFieldsBehavesAsAWhole)
{
	EXPECT_EQ(type(toml("[bar0.R]\noffset = 0\naccess = \"rw1c\"\n"
			    "fields.A = { bits = \"0\", access = \"rw\" }\n"))
			  .written_as_zero(),
		  0xfffffffe);
}

} // namespace
