// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "mapped_board.hpp"

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

namespace pcipeek::tools {
namespace {

using nlohmann::json;
using ::testing::ElementsAre;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr const char *registers = R"(
[bar0.ID]
offset = 0
access = "ro"
fields.MINOR = "7:0"
fields.MAJOR = "15:8"
[bar0.CTRL]
offset = 8
width = 8
fields.RUN = "0"
fields.DIRECTION = { bits = "1", values = { from_ram = 0, to_ram = 1 } }
[bar0.COUNT]
offset = 0x10
width = 64
[bar1.IRQ]
offset = 4
width = 16
)";

class ARegs : public AMappedBoard {
protected:
	ARegs()
	{
		write_map(registers);
		board.set<std::uint32_t>(0, 0, 0x0201);
		board.set<std::uint8_t>(0, 8, 0x03);
		board.set<std::uint64_t>(0, 0x10, 0x1122334455667788);
	}

	static json objects(const std::vector<std::string> &arguments)
	{
		auto all = arguments;

		all.emplace_back("--json");
		return json::parse(run(regs_verb, all).output);
	}
};

TEST_F(ARegs, ListsRegistersByTheirBlocksWithTheirFields)
{
	EXPECT_EQ(run(regs_verb, {}),
		  succeeded("bar0\n"
			    "  ID     0x00  32  0x00000201          MINOR=1 MAJOR=2\n"
			    "  CTRL   0x08   8  0x03                RUN=1 DIRECTION=to_ram\n"
			    "  COUNT  0x10  64  0x1122334455667788\n"
			    "\n"
			    "bar1\n"
			    "  IRQ    0x04  16  0x0000\n"));
}

TEST_F(ARegs, ReadsEachOnceWithItsOwnWidthInTheOrderOfTheMap)
{
	run(regs_verb, {});
	EXPECT_THAT(seen(), ElementsAre("read bar0+0x0 32 = 0x201", "read bar0+0x8 8 = 0x3",
					"read bar0+0x10 64 = 0x1122334455667788",
					"read bar1+0x4 16 = 0x0"));
}

TEST_F(ARegs, ReadsTheWordsOfARegisterInTheirOrder)
{
	write_map("[bar0.WIDE]\noffset = 0x10\nwidth = 64\nword = 16\n");
	EXPECT_THAT(run(regs_verb, {}).output, HasSubstr("64  0x1122334455667788\n"));
	EXPECT_THAT(seen(),
		    ElementsAre("read bar0+0x10 16 = 0x7788", "read bar0+0x12 16 = 0x5566",
				"read bar0+0x14 16 = 0x3344", "read bar0+0x16 16 = 0x1122"));
}

TEST_F(ARegs, ShowsOneLineForEachFieldOnRequest)
{
	write_map("[bar0.CTRL]\noffset = 8\nwidth = 8\nfields.RUN = \"0\"\n"
		  "fields.MODE = { bits = \"7:1\", values = { fast = { value = 1, "
		  "description = \"as fast as it can\" } } }\n"
		  "fields.GO = { bits = \"0\", access = \"wo\" }\n");
	EXPECT_EQ(run(regs_verb, {"--fields"}),
		  succeeded("bar0\n"
			    "  CTRL  0x08  8  0x03\n"
			    "          0  RUN   1\n"
			    "        7:1  MODE  1  fast  as fast as it can\n"
			    "          0  GO    (write only)\n"));
}

TEST_F(ARegs, ListsAndReadsNothingOnRequest)
{
	EXPECT_EQ(run(regs_verb, {"--no-read", "ID", "CTRL"}),
		  succeeded("bar0\n"
			    "  ID    0x00  32  MINOR[7:0] MAJOR[15:8]\n"
			    "  CTRL  0x08   8  RUN[0] DIRECTION[1]\n"));
	EXPECT_THAT(run(regs_verb, {"--no-read", "--fields", "CTRL"}).output,
		    HasSubstr("          1  DIRECTION\n"));
	EXPECT_EQ(objects({"--no-read"}).size(), 4U);
	EXPECT_THAT(seen(), IsEmpty());
}

TEST_F(ARegs, HasObjectsOnRequest)
{
	const auto list = objects({"CTRL", "IRQ"});

	ASSERT_EQ(list.size(), 2U);
	EXPECT_EQ(list.at(0), json::parse(R"({"block": "", "name": "CTRL", "region": "bar0",
		"bar": 0, "offset": 8, "offset_in_block": null, "width": 1, "value": 3,
		"hex": "0x03", "fields": [
		{"name": "RUN", "bits": "0", "value": 1, "hex": "0x1", "meaning": null},
		{"name": "DIRECTION", "bits": "1", "value": 1, "hex": "0x1",
		 "meaning": "to_ram"}]})"));
	EXPECT_EQ(list.at(1).at("region"), "bar1");
	EXPECT_EQ(list.at(1).at("width"), 2);
}

TEST_F(ARegs, NamesWhatABlockHasOnceAboveIt)
{
	write_map("[bar0.CH]\ncount = 2\nstride = 16\n[bar0.CH.registers.GO]\noffset = 4\n");
	EXPECT_EQ(run(regs_verb, {}), succeeded("CH0  bar0\n"
						"  GO  0x04  32  0x00000000\n"
						"\n"
						"CH1  bar0\n"
						"  GO  0x14  32  0x11223344\n"));
	EXPECT_EQ(objects({}).at(1).at("name"), "CH1.GO");
	EXPECT_EQ(objects({}).at(1).at("block"), "CH1");
}

TEST_F(ARegs, FindsABlockWhoseBaseIsInARegister)
{
	board.set<std::uint8_t>(0, 0x20, 0x30);
	board.set<std::uint32_t>(0, 0x34, 0xabcd);
	write_map("[bar0.LENGTH]\noffset = 0x20\nwidth = 8\n"
		  "[bar0.OP]\nbase = \"LENGTH\"\nregisters.A = { offset = 0 }\n"
		  "registers.B = { offset = 4 }\n");
	EXPECT_EQ(run(regs_verb, {"OP"}), succeeded("OP  bar0+0x30\n"
						    "  A  0x30  32  0x00000000\n"
						    "  B  0x34  32  0x0000abcd\n"));
	EXPECT_THAT(seen(), ElementsAre("read bar0+0x20 8 = 0x30", "read bar0+0x30 32 = 0x0",
					"read bar0+0x34 32 = 0xabcd"));
	EXPECT_EQ(run(regs_verb, {"OP", "--no-read"}), succeeded("OP  bar0, base in LENGTH\n"
								 "  A  +0x00  32\n"
								 "  B  +0x04  32\n"));
	EXPECT_THAT(seen(), IsEmpty());
}

TEST_F(ARegs, PrintsWhatItReadBeforeAFailure)
{
	board.on_read(0, 8, [&](const auto &access) {
		board.set_answering(false);
		return access.value;
	});

	const auto outcome = run(regs_verb, {});
	EXPECT_EQ(outcome.status, 6);
	EXPECT_THAT(outcome.output, EndsWith("RUN=1 DIRECTION=to_ram\n"));
	EXPECT_THAT(outcome.error, HasSubstr("bar0+0x10"));
	EXPECT_EQ(seen().size(), 2U);

	board.set_answering(true);
	const auto list = objects({});
	ASSERT_EQ(list.size(), 3U);
	EXPECT_EQ(list.at(1).at("name"), "CTRL");
	EXPECT_THAT(list.at(2).at("error").get<std::string>(), HasSubstr("bar0+0x10"));
}

TEST_F(ARegs, TakesAFileInPlaceOfTheMap)
{
	const auto file = folder.write("other.toml", "name = \"x\"\n[bar1.ONLY]\noffset = 0\n");

	EXPECT_EQ(run(regs_verb, {"--map", file}),
		  succeeded("bar1\n  ONLY  0x00  32  0x00000000\n"));
}

} // namespace
} // namespace pcipeek::tools
