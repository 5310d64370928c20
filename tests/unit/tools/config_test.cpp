// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "output/config_text.hpp"
#include "sysfs/sysfs.hpp"
#include "verb_run.hpp"

#include <gmock/gmock.h>

#include <fstream>

namespace pcipeek::tools {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

class AConfigOnABoard : public AVerbOnABoard {};

TEST_F(AConfigOnABoard, PrintsTheOnlyRegisterAlone)
{
	EXPECT_EQ(run(config_verb, {"VENDOR_ID"}), succeeded("0x1147\n"));
	EXPECT_EQ(run(config_verb, {"0x02.b"}), succeeded("0x8e\n"));
}

TEST_F(AConfigOnABoard, PrintsSeveralRegistersByTheirNames)
{
	EXPECT_EQ(run(config_verb, {"VENDOR_ID", "device_id+1.b", "0x2c.w,2"}),
		  succeeded("VENDOR_ID 0x1147\n"
			    "device_id+1.b 0x0c\n"
			    "config+0x2c 0x1147\n"
			    "config+0x2e 0x2090\n"));
}

TEST_F(AConfigOnABoard, WritesInTheOrderOfTheArguments)
{
	EXPECT_EQ(run(config_verb, {"INTERRUPT_LINE=0xa5", "INTERRUPT_LINE",
				    "INTERRUPT_LINE=0x0:0xf", "INTERRUPT_LINE"}),
		  succeeded("INTERRUPT_LINE 0xa5\nINTERRUPT_LINE 0xa0\n"));
}

TEST_F(AConfigOnABoard, WritesABitField)
{
	EXPECT_EQ(run(config_verb,
		      {"INTERRUPT_LINE=0xff", "INTERRUPT_LINE:6:4=0", "INTERRUPT_LINE"}),
		  succeeded("0x8f\n"));
}

TEST_F(AConfigOnABoard, ChecksAllBeforeTheFirstAccess)
{
	EXPECT_EQ(run(config_verb, {"INTERRUPT_LINE=1", "0x101.b=1"}).status, 5);
	EXPECT_EQ(run(config_verb, {"INTERRUPT_LINE=1", "COMAND"}).status, 5);
	EXPECT_EQ(run(config_verb, {"INTERRUPT_LINE"}), succeeded("0x00\n"));
}

TEST_F(AConfigOnABoard, TakesNoNumberThatSetpciReadsDifferently)
{
	for (const auto *recipe : {"68.w=5930", "CAP_EXP+10.w=20:20", "INTERRUPT_LINE=40:40",
				   "INTERRUPT_LINE=0x4:40", "44.l"})
		EXPECT_EQ(run(config_verb, {"INTERRUPT_LINE=1", recipe}).status, 2) << recipe;
	EXPECT_EQ(run(write_verb, {"config+0x3c.b=10"}).status, 2);
	EXPECT_EQ(run(write_verb, {"config+60.b=1"}).status, 2);
	EXPECT_EQ(run(read_verb, {"config+60.b"}).status, 2);
	EXPECT_EQ(run(dump_verb, {"config+60.b"}).status, 2);
	EXPECT_EQ(run(config_verb, {"INTERRUPT_LINE"}), succeeded("0x00\n"));
}

TEST_F(AConfigOnABoard, SaysThatACapabilityIsNotThere)
{
	const auto outcome = run(config_verb, {"CAP_MSI+2.w"});

	EXPECT_EQ(outcome.status, 5);
	EXPECT_THAT(outcome.error, HasSubstr("0000:05:0d.0"));
}

TEST_F(AConfigOnABoard, ShowsTheHeaderIfNoRegisterWasNamed)
{
	const auto outcome = run(config_verb, {});

	EXPECT_EQ(outcome.status, 0);
	EXPECT_THAT(outcome.output, HasSubstr("ids           1147:0c8e, revision 00\n"));
	EXPECT_THAT(outcome.output, HasSubstr("class         ff0000\n"));
	EXPECT_THAT(outcome.output, HasSubstr("header type   0 (device)\n"));
	EXPECT_THAT(outcome.output, HasSubstr("bar0          0x90502000\n"));
	EXPECT_THAT(outcome.output, HasSubstr("subsystem     1147:2090\n"));
	EXPECT_THAT(run(config_verb, {"--json"}).output, HasSubstr("\"device_id\": 3214,"));
}

/* A board whose configuration space is any image. */
class AnOddConfigOnABoard : public AConfigOnABoard {
protected:
	void set(const std::string &image)
	{
		std::ofstream(detail::sysfs::device_directory(board.device().address()) + "/config",
			      std::ios::binary)
			<< image;
	}
};

TEST_F(AnOddConfigOnABoard, WithABrokenListIsShownAndAFailure)
{
	std::string image(256, '\0');
	image.replace(0x00, 4, "\x47\x11\x8e\x0c");
	image[0x06] = 0x10; /* there is a list */
	image[0x34] = 0x40; /* that begins here */
	image.replace(0x40, 2, "\x05\x40"); /* and leads back there */
	set(image);

	const auto outcome = run(config_verb, {});
	EXPECT_EQ(outcome.status, 1);
	EXPECT_THAT(outcome.output, HasSubstr("ids           1147:0c8e"));
	EXPECT_THAT(outcome.output, HasSubstr("capabilities  unknown: "));
	EXPECT_THAT(outcome.error, HasSubstr("its list loops back on itself: 0x40, 0x40"));

	const auto json = run(config_verb, {"--json"});
	EXPECT_EQ(json.status, 1);
	EXPECT_THAT(json.output, HasSubstr("\"capabilities_error\": \"cannot list"));
}

TEST_F(AnOddConfigOnABoard, ThatIsAwayIsNeitherReadNorWritten)
{
	set(std::string(256, '\xff'));

	for (const auto *target : {"0x04.w=2", "0x04.w", "COMMAND=2", "CAP_PM=0"})
		EXPECT_EQ(run(config_verb, {target}).status, 6) << target;
	EXPECT_EQ(run(config_verb, {}).status, 6);
	EXPECT_EQ(run(write_verb, {"config+4.w=2"}).status, 6);
	EXPECT_EQ(run(dump_verb, {"config"}).status, 6);
	EXPECT_EQ(run(dump_verb, {"config", "--raw"}).status, 6);
}

TEST_F(AConfigOnABoard, TouchesNoBar)
{
	run(config_verb, {});
	run(config_verb, {"COMMAND"});
	EXPECT_THAT(seen(), IsEmpty());
}

TEST(AConfigReport, NamesTheBitsThatAreSet)
{
	EXPECT_EQ(format_command(0x0000), "");
	EXPECT_EQ(format_command(0x0407), "I/O, memory, bus master, INTx off");
	EXPECT_EQ(format_command(0xf880), "");
	EXPECT_EQ(format_status(0x8010), "capabilities, detected parity error");
}

ConfigReport endpoint()
{
	ConfigReport report;

	report.header.vendor_id = 0x1af4;
	report.header.device_id = 0x1110;
	report.header.command = 0x0103;
	report.header.class_code = 0x050000;
	report.header.cache_line_size = 16;
	report.header.interrupt_pin = 1;
	report.header.interrupt_line = 11;
	report.header.endpoint = EndpointHeader{.bars = {0xfebf1000}, .rom_address = 0xfeb80001};
	report.capabilities = {{.id = 0x11, .offset = 0x40},
			       {.id = 0x7f, .offset = 0x50},
			       {.id = 1, .version = 2, .offset = 0x100, .extended = true}};
	return report;
}

TEST(AConfigReport, IsAPage)
{
	EXPECT_EQ(format_config(endpoint()), "ids           1af4:1110, revision 00\n"
					     "class         050000\n"
					     "header type   0 (device)\n"
					     "command       0x0103  I/O, memory, SERR\n"
					     "status        0x0000\n"
					     "cache line    64 bytes\n"
					     "latency       0 clocks\n"
					     "interrupt     pin INTA, line 11\n"
					     "bar0          0xfebf1000\n"
					     "bar1          0x00000000\n"
					     "bar2          0x00000000\n"
					     "bar3          0x00000000\n"
					     "bar4          0x00000000\n"
					     "bar5          0x00000000\n"
					     "subsystem     0000:0000\n"
					     "rom           0xfeb80000, on\n"
					     "0x40          CAP_MSIX\n"
					     "0x50          CAP7f\n"
					     "0x100         ECAP_AER, version 2\n");
}

TEST(AConfigReport, SaysWhyTheCapabilitiesAreNotThere)
{
	ConfigReport report = endpoint();

	report.capabilities.reset();
	report.capabilities_error = "only root may see them";
	EXPECT_THAT(format_config(report),
		    HasSubstr("capabilities  unknown: only root may see them\n"));
}

TEST(AConfigReport, ShowsTheWindowsOfABridge)
{
	ConfigReport report;

	report.header.header_type = 1;
	report.header.multi_function = true;
	report.header.bridge = BridgeHeader{.primary_bus = 0,
					    .secondary_bus = 1,
					    .subordinate_bus = 3,
					    .io = {1, 0},
					    .memory = {0xfe800000, 0xfe9fffff},
					    .prefetchable = {0x100000000, 0x1ffffffff}};
	const auto page = format_config(report);
	EXPECT_THAT(page, HasSubstr("header type   1 (bridge), one of several functions\n"));
	EXPECT_THAT(page, HasSubstr("buses         00, behind it 01 to 03\n"));
	EXPECT_THAT(page, HasSubstr("I/O           closed\n"));
	EXPECT_THAT(page, HasSubstr("memory        0xfe800000-0xfe9fffff\n"));
	EXPECT_THAT(page, HasSubstr("prefetchable  0x100000000-0x1ffffffff\n"));
	EXPECT_THAT(page, HasSubstr("interrupt     no pin\n"));
}

} // namespace
} // namespace pcipeek::tools
