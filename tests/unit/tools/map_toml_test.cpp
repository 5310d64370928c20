// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "output/map_toml.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <filesystem>
#include <ostream>
#include <tuple>

namespace pcipeek::map {

static bool operator==(const Field &a, const Field &b)
{
	const auto values = [](const Field &field) {
		return field.values ? *field.values : std::vector<NamedValue>();
	};

	return std::tie(a.name, a.high, a.low, a.access, a.read_effect, a.write_effect,
			a.description, a.source) == std::tie(b.name, b.high, b.low, b.access,
							     b.read_effect, b.write_effect,
							     b.description, b.source) &&
	       values(a) == values(b);
}

static bool operator==(const RegisterType &a, const RegisterType &b)
{
	const auto all = [](const RegisterType &type) {
		return std::tie(type.bits, type.word_bits, type.order, type.access,
				type.read_effect, type.write_effect, type.write_once,
				type.is_volatile, type.overlaps, type.reset, type.fields,
				type.description, type.source);
	};

	return all(a) == all(b);
}

static bool operator==(const Register &a, const Register &b)
{
	return a.name == b.name && a.offset == b.offset && *a.type == *b.type &&
	       a.block->name == b.block->name && a.block->region() == b.block->region() &&
	       a.block->anchor == b.block->anchor && a.block->header == b.block->header &&
	       a.block->description == b.block->description && a.block->source == b.block->source;
}

} // namespace pcipeek::map

namespace pcipeek::tools {
namespace {

using ::testing::HasSubstr;

Map toml(const std::string &text)
{
	return Map::parse(text, MapFormat::toml, "test.toml");
}

/* The registers that came back differently. */
std::vector<std::string> changed(const Map &map, const std::string &file)
{
	const Map again = toml(map_toml(map, file));
	std::vector<std::string> names;

	EXPECT_EQ(again.registers().size(), map.registers().size());
	for (const auto &reg : map.registers()) {
		const auto *same = again.find(reg.block->region() + '.' + reg.name);
		if (!same || !(*same == reg))
			names.push_back(reg.name);
	}
	return names;
}

class AConvertedMap : public ::testing::TestWithParam<std::filesystem::path> {};

TEST_P(AConvertedMap, HasTheSameRegisters)
{
	EXPECT_THAT(changed(Map::load(GetParam()), GetParam()), ::testing::IsEmpty());
}

std::vector<std::filesystem::path> maps_in_source()
{
	std::vector<std::filesystem::path> files;

	for (const auto &entry : std::filesystem::directory_iterator(PCIPEEK_MAPS_IN_SOURCE))
		if (entry.path().extension() == ".toml")
			files.push_back(entry.path());
	std::ranges::sort(files);
	return files;
}

std::string name_of(const ::testing::TestParamInfo<std::filesystem::path> &info)
{
	auto name = info.param.stem().string();

	std::ranges::replace(name, '-', '_');
	return "of_" + name;
}

INSTANTIATE_TEST_SUITE_P(ThatShips, AConvertedMap, ::testing::ValuesIn(maps_in_source()), name_of);

TEST(AMapAsToml, KeepsItsHead)
{
	const auto map = toml("name = \"a \\\"board\\\"\"\ndescription = \"line\\n\\ttab \\\\\"\n"
			      "match = [\"1234:11e8\", \"1234:11e8:1af4:1100\"]\nclass = \"0200\"\n"
			      "[bar0.A]\noffset = 0\n");
	const auto again = toml(map_toml(map, "x.toml"));

	EXPECT_EQ(again.name(), map.name());
	EXPECT_EQ(again.description(), map.description());
	EXPECT_EQ(again.matches(), map.matches());
}

TEST(AMapAsToml, KeepsWhatARegisterCanSay)
{
	EXPECT_THAT(
		changed(toml("name = \"x\"\n"
			     "[bar0.A]\noffset = 0\nwidth = 64\nword = 16\norder = \"high-first\"\n"
			     "reset = \"0xffffffffffffffff\"\nvolatile = true\noverlaps = true\n"
			     "access = \"rc\"\ndescription = \"d\"\nsource = \"s\"\n"
			     "fields.X = { bits = \"7:0\", access = \"rw\" }\n"
			     "fields.Y = { bits = \"63:8\", values = { a = 0x80000000000000 } "
			     "}\n"
			     "[bar0.B]\noffset = 8\naccess = \"rwo\"\nwrite = \"zero-to-toggle\"\n"
			     "fields.X = { bits = \"0\", write = \"plain\" }\n"
			     "[bar3.C]\noffset = 0\naccess = \"none\"\n[rom.D]\noffset = 1\n"),
			"x.toml"),
		::testing::IsEmpty());
}

TEST(AMapAsToml, KeepsWhatABlockCanSay)
{
	EXPECT_THAT(
		changed(toml("name = \"x\"\n"
			     "[bar0.LENGTH]\noffset = 0\n"
			     "[bar0.OP]\nbase = \"LENGTH\"\nbase_scale = 4\ndescription = \"d\"\n"
			     "registers.A = { offset = 4 }\n"
			     "[bar0.OUT]\noffset = 0x40\ncount = 2\nstride = 0x20\n"
			     "[bar0.OUT.registers.IN]\noffset = 8\ncount = 2\nstride = 8\nsource = "
			     "\"s\"\n"
			     "[bar0.OUT.registers.IN.registers.B]\noffset = 4\n"
			     "[config.CAP]\ncapability = 0x10\nheader = 1\nregisters.A = { offset "
			     "= 2 }\n"
			     "[config.ECAP]\nextended_capability = 2\nregisters.A = { offset = 4 "
			     "}\n"
			     "[bar4.COMMON]\nvirtio = 1\nregisters.A = { offset = 4 }\n"),
			"x.toml"),
		::testing::IsEmpty());
}

TEST(AMapAsToml, KeepsBlocksThatMix)
{
	const auto other = toml("name = \"y\"\n[bar0.A]\nregisters.Z = { offset = 8 }\n");
	const auto mixed = toml("name = \"x\"\n[bar0.A]\nregisters.X = { offset = 0 }\n"
				"[bar0.B]\nregisters.Y = { offset = 4 }\n")
				   .merged_with(other);

	EXPECT_THAT(changed(mixed, "x.toml"), ::testing::IsEmpty());
}

TEST(AMapAsToml, SaysWhatIsTheSameOnlyOnce)
{
	const auto text = map_toml(toml("name = \"x\"\n[bar0.A]\noffset = 0\ncount = 3\n"
					"description = \"of all\"\n"),
				   "x.toml");

	EXPECT_EQ(text, "name = \"x\"\n"
			"\n[bar0.A0]\noffset      = 0x00\ndescription = \"of all\"\n"
			"\n[bar0.A1]\noffset = 0x04\nlike   = \"A0\"\n"
			"\n[bar0.A2]\noffset = 0x08\nlike   = \"A0\"\n");
}

} // namespace
} // namespace pcipeek::tools
