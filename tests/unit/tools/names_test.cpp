// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "named_board.hpp"

#include <pcipeek/map.hpp>

#include <gmock/gmock.h>

#include <algorithm>

namespace pcipeek::tools {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class ANamedRead : public ANamedBoard {};

TEST_F(ANamedRead, IsOneAccessOfTheWidthOfTheRegister)
{
	board.set<std::uint32_t>(0, 0x20, 0x16);
	board.set<std::uint16_t>(1, 4, 0xbeef);

	EXPECT_EQ(run(read_verb, {"STATUS"}), succeeded("0x00000016\n"));
	EXPECT_EQ(run(read_verb, {"bar1.STATE"}), succeeded("0xbeef\n"));
	EXPECT_EQ(run(read_verb, {"status:level"}), succeeded("0x3\n"));
	EXPECT_THAT(seen(), ElementsAre("read bar0+0x20 32 = 0x16", "read bar1+0x4 16 = 0xbeef",
					"read bar0+0x20 32 = 0x16"));
}

TEST_F(ANamedRead, OfSeveralFieldsOfARegisterIsOneReadAtTheFirstOfThem)
{
	board.set<std::uint32_t>(0, 0x08, 0x33);
	board.set<std::uint32_t>(0, 0x20, 1);

	EXPECT_EQ(run(read_verb, {"CTRL:MODE", "STATUS:BUSY", "CTRL:DIRECTION", "CTRL:11:8"}),
		  succeeded("CTRL:MODE 0x3 fast\nSTATUS:BUSY 0x1\nCTRL:DIRECTION 0x1 to_ram\n"
			    "CTRL:11:8 0x0\n"));
	EXPECT_THAT(seen(), ElementsAre("read bar0+0x8 32 = 0x33", "read bar0+0x20 32 = 0x1"));
}

TEST_F(ANamedRead, LeavesNumbersAsManyReadsAsTheyAre)
{
	run(read_verb, {"bar0+8:0", "bar0+8:1", "CTRL:START"});
	EXPECT_EQ(seen().size(), 3u);
}

TEST_F(ANamedRead, MayBeOfSeveralElements)
{
	EXPECT_EQ(run(read_verb, {"bar1.STATE,2"}),
		  succeeded("bar1+0x04 0x0000\nbar1+0x06 0x0000\n"));
	EXPECT_EQ(run(read_verb, {"CH1.GAIN"}), succeeded("0x0000\n"));
	EXPECT_THAT(seen(), ElementsAre("read bar1+0x4 16 = 0x0", "read bar1+0x6 16 = 0x0",
					"read bar0+0x38 16 = 0x0"));
}

TEST_F(ANamedRead, TellsTheMeaningOfAValueInJson)
{
	board.set<std::uint32_t>(0, 0x08, 0x12);

	EXPECT_EQ(run(read_verb, {"CTRL:DIRECTION", "CTRL:MODE", "CTRL:START", "--json"}),
		  succeeded(R"([
  {"location":"CTRL:DIRECTION","bar":0,"offset":8,"width":4,"value":1,"hex":"0x1","meaning":"to_ram"},
  {"location":"CTRL:MODE","bar":0,"offset":8,"width":4,"value":1,"hex":"0x1","meaning":null},
  {"location":"CTRL:START","bar":0,"offset":8,"width":4,"value":0,"hex":"0x0"}
]
)"));
}

TEST_F(ANamedRead, OfTwoWordsReadsThemInTheOrderOfTheMap)
{
	board.set<std::uint32_t>(0, 0x18, 0x11111111);
	board.set<std::uint32_t>(0, 0x1c, 0x22222222);
	board.set<std::uint32_t>(0, 0x28, 0x33333333);
	board.set<std::uint32_t>(0, 0x2c, 0x44444444);

	EXPECT_EQ(run(read_verb, {"COUNTER"}), succeeded("0x2222222211111111\n"));
	EXPECT_EQ(run(read_verb, {"TOTAL"}), succeeded("0x3333333344444444\n"));
	EXPECT_THAT(seen(),
		    ElementsAre("read bar0+0x18 32 = 0x11111111", "read bar0+0x1c 32 = 0x22222222",
				"read bar0+0x28 32 = 0x33333333",
				"read bar0+0x2c 32 = 0x44444444"));
}

TEST_F(ANamedRead, OfAFieldInOneWordReadsOnlyThatWord)
{
	board.set<std::uint32_t>(0, 0x1c, 0x10000000);
	board.set<std::uint32_t>(0, 0x28, 0x30000000);

	EXPECT_EQ(run(read_verb, {"COUNTER:TOP", "TOTAL:TOP"}),
		  succeeded("COUNTER:TOP 0x1 on\nTOTAL:TOP 0x3\n"));
	EXPECT_THAT(seen(), ElementsAre("read bar0+0x1c 32 = 0x10000000",
					"read bar0+0x28 32 = 0x30000000"));
}

TEST_F(ANamedRead, OfAFieldAcrossWordsReadsAllOfThem)
{
	board.set<std::uint32_t>(0, 0x18, 0xab000000);
	board.set<std::uint32_t>(0, 0x1c, 0x000000cd);

	EXPECT_EQ(run(read_verb, {"COUNTER:MIDDLE"}), succeeded("0xcdab\n"));
	EXPECT_EQ(seen().size(), 2u);
}

TEST_F(ANamedRead, FindsABlockThroughTheRegisterThatSaysWhereItIs)
{
	board.set<std::uint32_t>(0, 0x10, 0x20);
	board.set<std::uint32_t>(0, 0x24, 0x77);

	EXPECT_EQ(run(read_verb, {"MOVED.FIRST"}), succeeded("0x00000077\n"));
	EXPECT_THAT(seen(), ElementsAre("read bar0+0x10 32 = 0x20", "read bar0+0x24 32 = 0x77"));
}

TEST_F(ANamedRead, TakesItsMapFromAFileIfOneIsGiven)
{
	const auto file = write_map("other.toml", "name = \"x\"\n[bar0.OTHER]\noffset = 4\n");

	EXPECT_EQ(run(read_verb, {"OTHER", "--map", file}), succeeded("0x00000000\n"));
	EXPECT_EQ(run(read_verb, {"CTRL", "--map", file}).status, 5);
	EXPECT_THAT(seen(), ElementsAre("read bar0+0x4 32 = 0x0"));
}

TEST_F(ANamedRead, OpensNoMapForANumber)
{
	write_map("1147-0c8e.toml", "this is not a map");

	EXPECT_EQ(run(read_verb, {"bar0"}), succeeded("0x00000000\n"));
	EXPECT_EQ(run(config_verb, {"VENDOR_ID"}), succeeded("0x1147\n"));
	EXPECT_EQ(run(read_verb, {"STATUS"}).status, 2);
}

TEST_F(ANamedRead, IsAFifoOrAHexdumpToo)
{
	EXPECT_EQ(run(read_verb, {"DATA,3", "--fixed"}),
		  succeeded("bar1+0x00 0x00\nbar1+0x00 0x00\nbar1+0x00 0x00\n"));
	EXPECT_EQ(run(dump_verb, {"bar1.STATE,2"}).output.substr(0, 21), "00000004  00 00 00 00");
	EXPECT_THAT(seen(), ElementsAre("read bar1+0x0 8 = 0x0", "read bar1+0x0 8 = 0x0",
					"read bar1+0x0 8 = 0x0", "read bar1+0x4 16 = 0x0",
					"read bar1+0x6 16 = 0x0"));
}

class ANamedWrite : public ANamedBoard {};

TEST_F(ANamedWrite, OfFieldsOfOneRegisterIsOneReadAndOneWrite)
{
	board.set<std::uint32_t>(0, 0x08, 0xa0);

	EXPECT_EQ(run(write_verb, {"CTRL:DIRECTION=to_ram", "bar0+0x0=7", "CTRL:START=1"}),
		  succeeded(""));
	EXPECT_THAT(seen(), ElementsAre("read bar0+0x8 32 = 0xa0", "write bar0+0x8 32 = 0x4a3",
					"write bar0+0x0 32 = 0x7"));
}

TEST_F(ANamedWrite, DoesNotClearAFlagThatAOneClears)
{
	board.set<std::uint32_t>(0, 0x20, 0x11);

	EXPECT_EQ(run(write_verb, {"STATUS:LEVEL=2"}), succeeded(""));
	EXPECT_THAT(seen(), ElementsAre("read bar0+0x20 32 = 0x11", "write bar0+0x20 32 = 0x5"));
	EXPECT_EQ(run(write_verb, {"STATUS:ERROR=1"}), succeeded(""));
	EXPECT_THAT(seen(), ElementsAre("read bar0+0x20 32 = 0x5", "write bar0+0x20 32 = 0x15"));
}

TEST_F(ANamedWrite, OfAWholeRegisterReadsNothing)
{
	EXPECT_EQ(run(write_verb, {"CTRL=0x12", "KEY=0x55", "KEY=0xaa", "DATA:WIDE=3"}),
		  succeeded(""));
	EXPECT_THAT(seen(), ElementsAre("write bar0+0x8 32 = 0x12", "write bar0+0xc 32 = 0x55",
					"write bar0+0xc 32 = 0xaa", "write bar1+0x0 8 = 0x3"));
}

TEST_F(ANamedWrite, OfTheWholeRegisterKeepsItsPlaceAmongChangesOfBits)
{
	EXPECT_EQ(run(write_verb, {"CTRL:START=1", "CTRL=0x400", "CTRL:MODE=fast"}), succeeded(""));
	EXPECT_THAT(seen(), ElementsAre("read bar0+0x8 32 = 0x0", "write bar0+0x8 32 = 0x401",
					"write bar0+0x8 32 = 0x400", "read bar0+0x8 32 = 0x400",
					"write bar0+0x8 32 = 0x430"));
}

TEST_F(ANamedWrite, OfTwoWordsWritesThemByAscendingOffsets)
{
	EXPECT_EQ(run(write_verb, {"COUNTER=0x1122334455667788", "TOTAL=1"}), succeeded(""));
	EXPECT_THAT(seen(), ElementsAre("write bar0+0x18 32 = 0x55667788",
					"write bar0+0x1c 32 = 0x11223344",
					"write bar0+0x28 32 = 0x0", "write bar0+0x2c 32 = 0x1"));
}

TEST_F(ANamedWrite, OfAFieldInOneWordChangesOnlyThatWord)
{
	EXPECT_EQ(run(write_verb, {"COUNTER:TOP=on", "COUNTER:LOW=9"}), succeeded(""));
	EXPECT_THAT(seen(),
		    ElementsAre("read bar0+0x1c 32 = 0x0", "write bar0+0x1c 32 = 0x10000000",
				"write bar0+0x18 32 = 0x9"));
}

TEST_F(ANamedWrite, IsPrintedByADryRunWithAllThatItWrites)
{
	EXPECT_EQ(run(write_verb,
		      {"CTRL:START=1", "CTRL:MODE=fast", "CH0.GAIN:3=1", "ID:7:0=1", "--dry-run"})
			  .status,
		  2);
	EXPECT_EQ(run(write_verb, {"CTRL:START=1", "CTRL:MODE=fast", "CH0.GAIN:3=1", "--dry-run"}),
		  succeeded("CTRL 0x00000431:0x000006f1\nCH0.GAIN:3 0x1\n"));
	EXPECT_THAT(seen(), IsEmpty());
}

TEST_F(ANamedWrite, IsVerifiedInTheBitsThatWereAsked)
{
	board.on_read(0, 0x08, [](const auto &access) { return access.value | 0x200; });

	EXPECT_EQ(run(write_verb, {"CTRL:MODE=fast", "CTRL:START=1", "--verify"}), succeeded(""));
	board.on_read(0, 0x08, [](const auto &) { return 0; });
	EXPECT_EQ(run(write_verb, {"CTRL:MODE=fast", "--verify"}).status, 9);
}

TEST_F(ANamedWrite, MayBeAFillOrAFile)
{
	const ScratchFile file("ab");

	EXPECT_EQ(run(fill_verb, {"bar1.STATE,2=0xff"}), succeeded(""));
	EXPECT_EQ(run(write_verb, {"DATA", "--fixed", "--file", file.path()}), succeeded(""));
	EXPECT_THAT(seen(), ElementsAre("write bar1+0x4 16 = 0xff", "write bar1+0x6 16 = 0xff",
					"write bar1+0x0 8 = 0x61", "write bar1+0x0 8 = 0x62"));
}

class ANamedWait : public ANamedBoard {};

TEST_F(ANamedWait, TakesTheNameOfAValue)
{
	board.set<std::uint32_t>(0, 0x08, 0x22);

	EXPECT_EQ(run(wait_verb, {"CTRL:DIRECTION==to_ram"}), succeeded("0x1\n"));
	EXPECT_EQ(run(wait_verb, {"CTRL:MODE!=fast"}), succeeded("0x2\n"));
}

TEST_F(ANamedWait, EndsInTheTermsOfItsUser)
{
	board.set<std::uint32_t>(0, 0x20, 1);
	board.set<std::uint32_t>(0, 0x08, 0x20);

	EXPECT_EQ(run(wait_verb, {"STATUS:BUSY==0"}),
		  failed(7, "0000:05:0d.0: timed out after 1 s: STATUS:BUSY is 0x1, expected 0x0",
			 "0x1\n"));
	EXPECT_EQ(run(wait_verb, {"CTRL:MODE==fast", "--timeout", "5ms"}),
		  failed(7,
			 "0000:05:0d.0: timed out after 5 ms: CTRL:MODE is 0x2 slow, expected 0x3 "
			 "fast",
			 "0x2\n"));
}

class ANamedScript : public ANamedBoard {};

TEST_F(ANamedScript, MakesTheSameAccessesAsNumbers)
{
	EXPECT_EQ(run(run_verb,
		      {"-e", "CTRL:MODE=slow; wait STATUS:BUSY==0; expect CTRL:MODE==slow; "
			     "CTRL:MODE; STATUS"}),
		  succeeded("CTRL:MODE 0x2 slow\nSTATUS 0x00000000\n"));
	EXPECT_THAT(seen(), ElementsAre("read bar0+0x8 32 = 0x0", "write bar0+0x8 32 = 0x420",
					"read bar0+0x20 32 = 0x0", "read bar0+0x8 32 = 0x420",
					"read bar0+0x8 32 = 0x420", "read bar0+0x20 32 = 0x0"));
}

TEST_F(ANamedScript, IsPrintedInNumbers)
{
	EXPECT_EQ(run(run_verb, {"-e", "CTRL:MODE=slow; wait STATUS:BUSY==0; COUNTER:TOP; KEY=1",
				 "--dry-run"}),
		  succeeded("bar0+0x08.l=0x00000420:0x000006f0\nwait bar0+0x20.l:0==0x0 1s\n"
			    "bar0+0x1c.l:31:28\nbar0+0x0c.l=0x00000001\n"));
	EXPECT_THAT(seen(), IsEmpty());
}

TEST_F(ANamedScript, IsRefusedWithItsLine)
{
	EXPECT_EQ(run(run_verb, {"-e", "bar0+8=1\nSTATUS:BUZY"}),
		  failed(5, "run: -e:2: 'STATUS:BUZY': STATUS has no field 'BUZY'; did you mean "
			    "BUSY?"));
	EXPECT_EQ(run(run_verb, {"-e", "flush\nexpect CTRL:MODE==medium"}).error,
		  "pcipeek: run: -e:2: 'CTRL:MODE==medium', column 12: CTRL:MODE has no value "
		  "'medium'; there are idle, slow and fast\n");
	EXPECT_EQ(run(run_verb, {"-e", "wiat STATUS:BUSY==0"}).status, 2);
	EXPECT_THAT(seen(), IsEmpty());
}

class ANamedConfig : public ANamedBoard {
protected:
	ANamedConfig()
	{
		write_map("config.toml",
			  "name = \"all\"\n[config.CAP_PM]\ncapability = 1\n"
			  "[config.CAP_PM.registers.PMCSR]\noffset = 4\nwidth = 16\n"
			  "[config.SPARE]\noffset = 0x3d\nwidth = 8\n"
			  "fields.PIN = { bits = \"2:0\", values = { none = 0, INTA = 1 } }\n");
	}
};

TEST_F(ANamedConfig, HasTheMapOfTheDeviceAndThenThatOfAllDevices)
{
	EXPECT_EQ(run(config_verb, {"LINE=0x12", "LINE:HIGH", "SPARE:PIN"}),
		  succeeded("LINE:HIGH 0x1\nSPARE:PIN 0x0 none\n"));
	EXPECT_EQ(run(read_verb, {"config.LINE", "SPARE"}), succeeded("LINE 0x12\nSPARE 0x00\n"));
	EXPECT_THAT(seen(), IsEmpty());
}

TEST_F(ANamedConfig, ReadsAgainAfterAWrite)
{
	EXPECT_EQ(run(config_verb, {"LINE", "LINE:HIGH=2", "LINE"}),
		  succeeded("LINE 0x00\nLINE 0x20\n"));
}

TEST_F(ANamedConfig, LeavesTheNamesOfSetpciWhatTheyAre)
{
	EXPECT_EQ(run(config_verb, {"VENDOR_ID"}), succeeded("0x1147\n"));
	EXPECT_EQ(run(config_verb, {"CAP_PM+4.w"}).status, 5);
}

TEST_F(ANamedConfig, SuggestsNamesOfBoth)
{
	EXPECT_EQ(run(config_verb, {"COMAND"}).error,
		  "pcipeek: config: 'COMAND': 'COMAND' is not a register of configuration space "
		  "that setpci(8) or a map knows; did you mean COMMAND?\n");
	EXPECT_THAT(run(config_verb, {"SPAER"}).error, HasSubstr("did you mean SPARE"));
}

/* A command that is refused: one line, a status, no access. */
struct WrongUse {
	std::string claim;
	const Verb *verb;
	std::vector<std::string> arguments;
	int status;
	std::string complaint; /* a part of it */
};

std::ostream &operator<<(std::ostream &out, const WrongUse &use)
{
	return out << use.verb->name << ' ' << use.arguments.front();
}

class AWrongUseOfAName : public ANamedBoard, public ::testing::WithParamInterface<WrongUse> {};

TEST_P(AWrongUseOfAName, IsOneLineAndNoAccess)
{
	const auto outcome = run(*GetParam().verb, GetParam().arguments);

	EXPECT_EQ(outcome.status, GetParam().status) << outcome;
	EXPECT_EQ(outcome.output, "");
	EXPECT_THAT(outcome.error, HasSubstr(GetParam().complaint));
	EXPECT_EQ(std::ranges::count(outcome.error, '\n'), 1) << outcome;
	EXPECT_TRUE(outcome.error.starts_with("pcipeek: ")) << outcome;
	EXPECT_THAT(seen(), IsEmpty());
}

const std::vector<WrongUse> wrong_uses{
	WrongUse{"UnknownRegister", &read_verb, {"STATSU"}, 5, "did you mean STATUS"},
	WrongUse{"UnlikeAnyRegister",
		 &read_verb,
		 {"XYZZYPLUGH"},
		 5,
		 "'XYZZYPLUGH' is not a register of the map"},
	WrongUse{"UnknownField", &read_verb, {"CTRL:STRAT"}, 5, "did you mean START?"},
	WrongUse{"FieldOfARegisterWithout", &read_verb, {"ID:LOW"}, 5, "ID has no field 'LOW'"},
	WrongUse{"RegisterInAnotherRegion", &read_verb, {"bar1.CTRL"}, 5, "'bar1.CTRL'"},
	WrongUse{"RegionInCapitals", &read_verb, {"BAR0"}, 2, "write bar0"},
	WrongUse{"UnknownWidth", &read_verb, {"bar0.x"}, 5, "'bar0.x' is not a register"},
	WrongUse{"WidthOfAName", &read_verb, {"CTRL.w"}, 2, "'.w' is not understood here"},
	WrongUse{"OffsetBehindAName", &read_verb, {"CTRL+4"}, 2, "'+4' is not understood here"},
	WrongUse{
		"EndBehindAName", &read_verb, {"CTRL..0x1f"}, 2, "'..0x1f' is not understood here"},
	WrongUse{"CountBehindAField",
		 &read_verb,
		 {"CTRL:START,2"},
		 2,
		 "',2' is not understood here"},
	WrongUse{"CountOfZero", &read_verb, {"CTRL,0"}, 2, "a count of 0"},
	WrongUse{"CountBeyondTheBar", &read_verb, {"CTRL,100"}, 5, "PCI addr space is"},
	WrongUse{"CountOfTwoWords", &read_verb, {"COUNTER,2"}, 2, "COUNTER has 2 words"},
	WrongUse{"BitBeyondTheRegister", &read_verb, {"CTRL:32"}, 2, "CTRL has no bit 32"},
	WrongUse{"BitBeyondAllRegisters", &read_verb, {"CTRL:64"}, 2, "there is no bit 64"},
	WrongUse{"BitsInTheWrongOrder", &read_verb, {"CTRL:0:1"}, 2, "write 1:0"},
	WrongUse{"ReadOfAWriteOnlyRegister", &read_verb, {"KEY"}, 2, "KEY is write-only"},
	WrongUse{"ReadOfAFieldOfOne", &read_verb, {"KEY:CODE"}, 2, "write-only"},
	WrongUse{"RegisterOfAnOddWidth", &read_verb, {"ODD"}, 2, "has 24 bits"},
	WrongUse{"PlaceBehindTheBar", &read_verb, {"BEHIND"}, 5, "1147-0c8e.toml"},
	WrongUse{"PlaceInABarThatIsNotThere", &read_verb, {"NOWHERE"}, 5, "BAR 3"},
	WrongUse{"MisalignedPlace", &read_verb, {"CROOKED"}, 5, "not a multiple of 4"},
	WrongUse{"AbsentCapability", &read_verb, {"LNKSTA"}, 5, "no capability 0x10"},
	WrongUse{"RightOneBeforeAWrongOne", &read_verb, {"CTRL", "CTLR"}, 5, "CTRL"},
	WrongUse{"WrongOneBeforeARightOne", &read_verb, {"BEHIND", "CTRL"}, 5, "BEHIND"},
	WrongUse{"RawBits", &read_verb, {"CTRL:START", "--raw"}, 2, "--raw writes whole bytes"},
	WrongUse{"FifoOfTwoWords", &read_verb, {"COUNTER", "--fixed"}, 2, "2 words"},
	WrongUse{"FifoInConfigurationSpace",
		 &read_verb,
		 {"LINE", "--fixed"},
		 2,
		 "'LINE' is in config: only BARs are allowed here"},
	WrongUse{"MapThatIsNotThere",
		 &read_verb,
		 {"CTRL", "--map", "/nowhere.toml"},
		 2,
		 "/nowhere.toml"},
	WrongUse{"ValueThatDoesNotFit",
		 &write_verb,
		 {"CTRL:MODE=16"},
		 2,
		 "0x10 needs 5 bits, and CTRL:MODE has 4; choose a smaller value"},
	WrongUse{"ValueWiderThanItsRegister", &write_verb, {"DATA=0x100"}, 2, "needs 9 bits"},
	WrongUse{"UnknownValue",
		 &write_verb,
		 {"CTRL:DIRECTION=to_rom"},
		 2,
		 "CTRL:DIRECTION has no value 'to_rom'; did you mean to_ram"},
	WrongUse{"NamedValueOfARegister",
		 &write_verb,
		 {"CTRL=to_ram"},
		 2,
		 "only fields have names for their values"},
	WrongUse{"NamedValueOfAFieldWithout",
		 &write_verb,
		 {"CTRL:START=on"},
		 2,
		 "CTRL:START has no names for its values"},
	WrongUse{"NamedValueWithAMask",
		 &write_verb,
		 {"CTRL:MODE=fast:1"},
		 2,
		 "the name of a value has no mask"},
	WrongUse{"NamedValueOfANumber", &write_verb, {"bar0+8:1=to_ram"}, 2, "not a decimal digit"},
	WrongUse{"NoValue", &write_verb, {"CTRL="}, 2, "a number is missing here"},
	WrongUse{"NoAssignment", &write_verb, {"CTRL"}, 2, "'=VALUE' is missing"},
	WrongUse{"ValueOutsideItsMask", &write_verb, {"CTRL:MODE=4:3"}, 2, "bits outside the mask"},
	WrongUse{"WriteToAReadOnlyRegister", &write_verb, {"ID=1"}, 2, "ID is read-only"},
	WrongUse{"WriteToAReadOnlyField",
		 &write_verb,
		 {"STATUS:BUSY=1"},
		 2,
		 "STATUS:BUSY is read-only"},
	WrongUse{"BitsOfAWriteOnlyRegister",
		 &write_verb,
		 {"KEY:CODE=1"},
		 2,
		 "its other bits cannot be kept"},
	WrongUse{"SameFieldTwice",
		 &write_verb,
		 {"CTRL:MODE=1", "CTRL:MODE=1"},
		 2,
		 "bit 4 of CTRL is also assigned by 'CTRL:MODE=1'"},
	WrongUse{"FieldAndItsBits",
		 &write_verb,
		 {"CTRL:MODE=1", "CTRL:5=1"},
		 2,
		 "bit 5 of CTRL is also assigned"},
	WrongUse{"BitsAcrossWords", &write_verb, {"COUNTER:MIDDLE=1"}, 2, "2 words of 32 bits"},
	WrongUse{"CountOfAWrite", &write_verb, {"CTRL,2=1"}, 2, "leave out the count"},
	WrongUse{"NumberThatSetpciReadsDifferently",
		 &write_verb,
		 {"LINE=10"},
		 2,
		 "10 has two readings in configuration space"},
	WrongUse{"WriteBehindTheBar", &write_verb, {"BEHIND=1"}, 5, "PCI addr space is"},
	WrongUse{"FileToAField",
		 &write_verb,
		 {"CTRL:MODE", "--file", "/dev/null"},
		 2,
		 "a file has whole elements"},
	WrongUse{"FillWithoutACount",
		 &fill_verb,
		 {"CTRL=1"},
		 2,
		 "the number of registers is missing"},
	WrongUse{"FillOfAField", &fill_verb, {"CTRL,2:MODE=1"}, 2, "a fill writes whole registers"},
	WrongUse{"FillWithAMask", &fill_verb, {"CTRL,2=1:1"}, 2, "a fill writes whole registers"},
	WrongUse{"FillOfAReadOnlyRegister", &fill_verb, {"ID,2=1"}, 2, "read-only"},
	WrongUse{"DumpOfAField", &dump_verb, {"CTRL:MODE"}, 2, "a dump shows whole bytes"},
	WrongUse{"DumpOfTwoWords", &dump_verb, {"COUNTER"}, 2, "2 words"},
	WrongUse{"WaitForTwoWords", &wait_verb, {"COUNTER==1"}, 2, "2 words"},
	WrongUse{"WaitForAnUnknownValue", &wait_verb, {"CTRL:MODE==fats"}, 2, "did you mean fast"},
	WrongUse{"WaitForAWriteOnlyRegister", &wait_verb, {"KEY==1"}, 2, "write-only"},
	WrongUse{"WaitInConfigurationSpace",
		 &wait_verb,
		 {"LINE==1"},
		 2,
		 "only BARs are allowed here"},
	WrongUse{"ScriptOfTwoWords", &run_verb, {"-e", "COUNTER"}, 2, "2 words"},
	WrongUse{"ScriptInConfigurationSpace",
		 &run_verb,
		 {"-e", "LINE"},
		 2,
		 "only BARs are allowed here"},
	WrongUse{"BarRegisterOfConfig", &config_verb, {"CTRL"}, 5, "CTRL"},
	WrongUse{"AbsentCapabilityOfConfig", &config_verb, {"LNKSTA"}, 5, "no capability 0x10"},
	WrongUse{"ChoiceOfANameOfAMap",
		 &config_verb,
		 {"LNKSTA@1"},
		 2,
		 "'@1' is not understood here"}};

INSTANTIATE_TEST_SUITE_P(Names, AWrongUseOfAName, ::testing::ValuesIn(wrong_uses),
			 [](const auto &use) { return use.param.claim; });

class AMapThatIsWrong : public ANamedBoard {};

TEST_F(AMapThatIsWrong, ContradictsAnother)
{
	write_map("class-ff00.toml", "name = \"b\"\n[bar0.STATUS]\noffset = 0x30\n");

	const auto outcome = run(read_verb, {"STATUS"});
	EXPECT_EQ(outcome.status, 2);
	EXPECT_THAT(outcome.error, HasSubstr("1147-0c8e.toml"));
	EXPECT_THAT(outcome.error, HasSubstr("class-ff00.toml"));
	EXPECT_EQ(std::ranges::count(outcome.error, '\n'), 1);
}

TEST_F(AMapThatIsWrong, IsNotThere)
{
	remove_map("1147-0c8e.toml");
	EXPECT_EQ(run(read_verb, {"STATUS"}).error,
		  "pcipeek: read: 'STATUS': 'STATUS' is not a region, and no register map applies "
		  "to 0000:05:0d.0; put 1147-0c8e-1147-2090.toml, 1147-0c8e.toml, "
		  "class-ff0000.toml or class-ff00.toml into one of " +
			  folder() + ", " + folder() + "/pcipeek/maps, /etc/pcipeek/maps and " +
			  Map::folders().back().string() + ", or name a file with --map\n");
	EXPECT_THAT(seen(), IsEmpty());
}

TEST_F(AMapThatIsWrong, IsMalformed)
{
	write_map("1147-0c8e.toml", "name = \"b\"\n[bar0.STATUS]\noffest = 0x30\n");

	const auto outcome = run(write_verb, {"STATUS=1"});
	EXPECT_EQ(outcome.status, 2);
	EXPECT_THAT(outcome.error, HasSubstr("1147-0c8e.toml:3"));
	EXPECT_EQ(std::ranges::count(outcome.error, '\n'), 1);
	EXPECT_THAT(seen(), IsEmpty());
}

} // namespace
} // namespace pcipeek::tools
