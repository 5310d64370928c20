// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "map_text.hpp"

#include <gmock/gmock.h>

using namespace pcipeek;
using namespace pcipeek::test;
using map::Access;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

namespace {

Map litex(const std::string &text)
{
	return Map::parse(text, MapFormat::litex, "csr.json");
}

std::string litex_error_of(const std::string &text)
{
	return map_error_of([&] { litex(text); });
}

/* Two banks, of which one's name begins with the other's. */
std::string soc(const std::string &registers, const std::string &more = "")
{
	return "{\"csr_bases\": {\"pcie\": 4096, \"pcie_dma0\": 8192},\n"
	       " \"csr_registers\": {" +
	       registers + "}" + more + "}";
}

std::string reg(const std::string &name, const std::string &addr, const std::string &size,
		const std::string &type = "rw")
{
	return "\"" + name + "\": {\"addr\": " + addr + ", \"size\": " + size + ", \"type\": \"" +
	       type + "\"}";
}

TEST(Litex, SplitsNamesAtTheLongestBank)
{
	const Map map = litex(soc(reg("pcie_dma0_reader_enable", "8196", "1") + "," +
				  reg("pcie_dma1", "4100", "1") + "," + reg("Other", "12", "1")));

	EXPECT_EQ(map.at("pcie_dma0.reader_enable").offset, 8196);
	EXPECT_EQ(map.at("pcie_dma0.reader_enable").block->name, "pcie_dma0");
	EXPECT_EQ(map.at("pcie.dma1").offset, 4100);
	EXPECT_EQ(map.at("Other").offset, 12);
	EXPECT_EQ(map.registers().size(), 3);
}

TEST(Litex, ReadsTheHighWordOfTwoFirst)
{
	const Map map = litex(soc(reg("pcie_time", "4100", "2", "ro")));
	const auto &type = *map.at("pcie.time").type;

	EXPECT_EQ(map.at("pcie.time").offset, 4100);
	EXPECT_EQ(type.bits, 64);
	EXPECT_EQ(type.word_bits, 32);
	EXPECT_EQ(type.order, map::WordOrder::high_first);
	EXPECT_EQ(type.access, Access::read_only);
}

TEST(Litex, ReadsTheLowWordFirstIfTheFileSaysSo)
{
	for (const char *const constant :
	     {"\"config_csr_ordering_little\": null", "\"config_csr_ordering\": \"little\""}) {
		const Map map = litex(soc(reg("pcie_time", "4096", "2"),
					  std::string{", \"constants\": {"} + constant + "}"));
		EXPECT_EQ(map.at("time").type->order, map::WordOrder::low_first) << constant;
	}
}

TEST(Litex, KeepsRegistersOfMoreThan64BitsThatCannotBeAccessed)
{
	const Map map = litex(soc(reg("pcie_key", "4096", "4")));

	EXPECT_EQ(map.at("pcie.key").type->bits, 128);
}

TEST(Litex, MakesARegisterOfEachWordOfABusOf8Bits)
{
	const Map map =
		litex(soc(reg("pcie_scratch", "4100", "4") + "," + reg("pcie_x", "4116", "1"),
			  ", \"constants\": {\"config_csr_data_width\": 8}"));

	EXPECT_EQ(map.at("pcie.scratch3").offset, 4100);
	EXPECT_EQ(map.at("pcie.scratch0").offset, 4112);
	EXPECT_EQ(map.at("pcie.scratch0").type->bits, 32);
	EXPECT_EQ(map.at("pcie.x").type->bits, 32);
	EXPECT_EQ(map.registers().size(), 5);
}

TEST(Litex, MakesARegisterOfEachWordIfWordsAreApart)
{
	const Map map = litex(soc(reg("pcie_time", "4096", "2"),
				  ", \"constants\": {\"config_csr_alignment\": 64}"));

	EXPECT_EQ(map.at("pcie.time1").offset, 4096);
	EXPECT_EQ(map.at("pcie.time0").offset, 4104);
}

TEST(Litex, TakesTheOriginOffTheAddresses)
{
	const Map map =
		litex(soc(reg("pcie_a", "4100", "1"),
			  ", \"memories\": {\"sram\": {\"base\": 1, \"size\": 2},"
			  " \"csr\": {\"base\": 4096, \"size\": 65536, \"type\": \"io\"}}"));

	EXPECT_EQ(map.at("pcie.a").offset, 4);
}

TEST(Litex, IsCalledWhatItsIdentifierSays)
{
	EXPECT_EQ(litex(soc("", ", \"constants\": {\"config_identifier\": \"my soc\"}")).name(),
		  "my soc");
	EXPECT_EQ(litex(soc("")).name(), "");
}

TEST(Litex, ListsRegistersByAddress)
{
	const Map map = litex(soc(reg("pcie_b", "4096", "1") + "," + reg("pcie_a", "4100", "1") +
				  "," + reg("pcie_dma0_0", "8192", "1")));

	EXPECT_EQ(map.registers()[0].name, "pcie.b");
	EXPECT_EQ(map.registers()[1].name, "pcie.a");
	EXPECT_EQ(map.registers()[2].name, "pcie_dma0._0");
}

struct Wrong {
	std::string text;
	const char *error;
};

class LitexRefuses : public testing::TestWithParam<Wrong> {};

TEST_P(LitexRefuses, WithOneLine)
{
	const std::string error = litex_error_of(GetParam().text);

	EXPECT_THAT(error, StartsWith(GetParam().error));
	EXPECT_THAT(error, Not(HasSubstr("\n")));
}

const Wrong wrongs[] = {
	{"", "csr.json:1: malformed JSON: "},
	{"{\n\"a\": \n\x01}", "csr.json:3: malformed JSON: "},
	{"[]", "csr.json: this is not LiteX's csr.json: it is not an object"},
	{"{}", "csr.json: this is not LiteX's csr.json: it has no csr_bases"},
	{"{\"csr_bases\": {}}", "csr.json: this is not LiteX's csr.json: it has no csr_registers"},
	{"{\"csr_bases\": 1, \"csr_registers\": {}}", "csr.json: csr_bases: it is not an object"},
	{"{\"csr_bases\": {\"a\": -1}, \"csr_registers\": {}}",
	 "csr.json: csr_bases.a: it is negative or broken, and not a number from 0 up"},
	{"{\"csr_bases\": {\"a\": null}, \"csr_registers\": {}}",
	 "csr.json: csr_bases.a: it is null, and not a number"},
	{"{\"csr_bases\": {\"\": 1}, \"csr_registers\": {}}",
	 "csr.json: csr_bases: a name is empty"},
	{soc(reg("", "0", "1")), "csr.json: csr_registers: a name is empty"},
	{soc("\"pcie_a\": 4"), "csr.json: csr_registers.pcie_a: it is not an object"},
	{soc("\"pcie_a\": {\"addr\": 4096}"), "csr.json: csr_registers.pcie_a: size is missing"},
	{soc("\"pcie_a\": {\"size\": 1}"), "csr.json: csr_registers.pcie_a: addr is missing"},
	{soc("\"pcie_a\": {\"addr\": 4096, \"size\": 1}"),
	 "csr.json: csr_registers.pcie_a: type is missing"},
	{soc(reg("pcie_a", "4096", "1", "xy")),
	 "csr.json: csr_registers.pcie_a.type: it can be \"ro\", \"rw\" or \"wo\""},
	{soc(reg("pcie_a", "\"4096\"", "1")), "csr.json: csr_registers.pcie_a.addr: it is string"},
	{soc(reg("pcie_a", "4096.5", "1")), "csr.json: csr_registers.pcie_a.addr: it is negative"},
	{soc(reg("pcie_a", "99999999999999999999", "1")),
	 "csr.json: csr_registers.pcie_a.addr: it is negative or broken"},
	{soc(reg("pcie_a", "18446744073709551612", "1")),
	 "csr.json: csr_registers.pcie_a.addr: the register ends beyond 64 bits"},
	{soc(reg("pcie_a", "4096", "0")), "csr.json: csr_registers.pcie_a.size: it is 0 words"},
	{soc(reg("pcie_a", "4096", "65537")), "csr.json: csr_registers.pcie_a.size: it is 65537"},
	{soc(reg("pcie_a", "4092", "1")),
	 "csr.json: csr_registers.pcie_a.addr: it is before its bank pcie, which begins at 4096"},
	{soc(reg("pcie_a", "4096", "1") + "," + reg("pcie_a", "4096", "1")),
	 "csr.json: the key 'pcie_a' is there twice"},
	{soc("", ", \"constants\": {\"config_csr_data_width\": 64}"),
	 "csr.json: constants.config_csr_data_width: it is 64: it can be 8, 16 or 32"},
	{soc("", ", \"constants\": {\"config_csr_data_width\": null}"),
	 "csr.json: constants.config_csr_data_width: it is null"},
	{soc("", ", \"constants\": {\"config_csr_alignment\": 8}"),
	 "csr.json: constants.config_csr_alignment: it is 8: it can be 32 or 64"},
	{soc("", ", \"memories\": {\"csr\": {}}"), "csr.json: memories.csr: base is missing"},
};

INSTANTIATE_TEST_SUITE_P(, LitexRefuses, testing::ValuesIn(wrongs));

TEST(LitexFile, IsRefusedWhereverItIsCutOff)
{
	const std::string whole = soc(reg("pcie_a", "4096", "1"));

	for (std::size_t size = 0; size < whole.size(); ++size)
		EXPECT_THAT(litex_error_of(whole.substr(0, size)), Not(HasSubstr("\n"))) << size;
}

TEST(LitexFile, IsRefusedIfItIsNestedDeeply)
{
	EXPECT_THAT(litex_error_of(std::string(100'000, '[')), HasSubstr("malformed JSON"));
	EXPECT_THAT(litex_error_of(std::string(10'000, '[') + std::string(10'000, ']')),
		    HasSubstr("this is not LiteX's csr.json"));
}

} // namespace
