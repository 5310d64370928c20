// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "output/config_json.hpp"
#include "output/device_json.hpp"
#include "output/device_text.hpp"
#include "sysfs/sysfs.hpp"
#include "verb_run.hpp"

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include <filesystem>
#include <fstream>

namespace pcipeek::tools {
namespace {

using ::testing::AnyOf;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;
using nlohmann::json;

class AnInfo : public AVerbOnABoard {
protected:
	static std::string page()
	{
		return run(info_verb, {}).output;
	}

	static json state()
	{
		return json::parse(run(info_verb, {"--json"}).output).at("state");
	}
};

TEST_F(AnInfo, IsAPageAboutTheDevice)
{
	EXPECT_THAT(page(), HasSubstr("address   0000:05:0d.0\n"
				      "ids       1147:0c8e, revision 00\n"
				      "subsystem 1147:2090\n"));
	EXPECT_THAT(page(), HasSubstr("driver    pcipeek\n"));
	EXPECT_THAT(page(), HasSubstr("granted   yes\n"
				      "state     live, D0, memory decode on, I/O decode on, "
				      "bus master off, generation 1\n"));
	EXPECT_THAT(page(), EndsWith("bar0  mem  0x90502000  64 bytes, 32-bit\n"
				     "bar1  io   0x00002000  16 bytes, 32-bit\n"));
}

TEST_F(AnInfo, SaysWhatTheDeviceIsAt)
{
	board.set_decode(BarType::io, false);
	board.set_power_state(3);
	EXPECT_THAT(page(), HasSubstr("D3, memory decode on, I/O decode off"));
	board.begin_reset();
	EXPECT_THAT(page(), HasSubstr("state     being reset, "));
	board.end_reset();
	EXPECT_THAT(page(), HasSubstr(", generation 2\n"));
	board.set_answering(false);
	EXPECT_THAT(page(), HasSubstr("state     does not answer, "));
}

TEST_F(AnInfo, ShowsTheLinkAndTheIommuGroup)
{
	const auto directory = detail::sysfs::device_directory(board.device().address()) + '/';

	EXPECT_THAT(page(), Not(AnyOf(HasSubstr("\nlink "), HasSubstr("\nIOMMU "))));
	std::ofstream(directory + "current_link_speed") << "8.0 GT/s PCIe\n";
	std::ofstream(directory + "current_link_width") << "4\n";
	std::ofstream(directory + "max_link_speed") << "16.0 GT/s PCIe\n";
	std::ofstream(directory + "max_link_width") << "16\n";
	std::filesystem::create_symlink("../../../kernel/iommu_groups/12",
					directory + "iommu_group");
	EXPECT_THAT(page(), HasSubstr("\nlink      8.0 GT/s x4, at most 16.0 GT/s x16\n"
				      "IOMMU     group 12\n"));
	const auto object = json::parse(run(info_verb, {"--json"}).output);
	EXPECT_EQ(object.at("link"), json::parse(R"({"speed": "8.0 GT/s", "width": 4,
		"max_speed": "16.0 GT/s", "max_width": 16})"));
	EXPECT_EQ(object.at("iommu_group"), 12);
}

TEST_F(AnInfo, SaysThatALinkIsDown)
{
	const auto directory = detail::sysfs::device_directory(board.device().address()) + '/';

	std::ofstream(directory + "current_link_speed") << "Unknown\n";
	std::ofstream(directory + "current_link_width") << "0\n";
	std::ofstream(directory + "max_link_speed") << "2.5 GT/s PCIe\n";
	std::ofstream(directory + "max_link_width") << "1\n";
	EXPECT_THAT(page(), HasSubstr("\nlink      unknown speed x?, at most 2.5 GT/s x1\n"));
	const auto object = json::parse(run(info_verb, {"--json"}).output);
	EXPECT_TRUE(object.at("link").at("speed").is_null());
	EXPECT_TRUE(object.at("iommu_group").is_null());
}

TEST_F(AnInfo, IsAnObjectOnRequest)
{
	const auto object = json::parse(run(info_verb, {"--json"}).output);

	EXPECT_EQ(object.at("address"), "0000:05:0d.0");
	EXPECT_EQ(object.at("device_id"), 0x0c8e);
	EXPECT_EQ(object.at("driver"), "pcipeek");
	EXPECT_EQ(object.at("granted"), true);
	ASSERT_EQ(object.at("bar").size(), 2U);
	EXPECT_EQ(object.at("bar").at(1), json::parse(R"({"index": 1, "type": "io", "addr": 8192,
		"size": 16, "prefetchable": false, "bits": 32})"));
}

TEST_F(AnInfo, SaysWhichBarsCannotBeReachedAndWhy)
{
	EXPECT_EQ(json::parse(run(info_verb, {"--json"}).output).at("obstacles"), json::array());
	board.set_decode(BarType::io, false);
	EXPECT_THAT(page(), HasSubstr("state     partly reachable, D0, "));
	EXPECT_THAT(page(),
		    HasSubstr("\nbar1 cannot be reached: it does not decode its I/O space; "));
	const auto object = json::parse(run(info_verb, {"--json"}).output);
	ASSERT_EQ(object.at("obstacles").size(), 1U);
	EXPECT_EQ(object.at("obstacles").at(0).at("bar"), 1);
	EXPECT_THAT(object.at("obstacles").at(0).at("why").get<std::string>(),
		    HasSubstr("does not decode its I/O space"));
	board.set_decode(BarType::mem, false);
	EXPECT_THAT(page(), HasSubstr("state     cannot be reached, D0, "));
}

TEST_F(AnInfo, HasTheStateInTheObject)
{
	EXPECT_EQ(state(), json::parse(R"({"life": "live",
		"offline": false, "foreign": false, "memory_decode": true, "io_decode": true,
		"bus_master": false, "bus_master_requested": false, "power_state": 0,
		"generation": 1, "unmaskable_interrupt": false})"));
	board.set_decode(BarType::mem, false);
	board.set_power_state(3);
	EXPECT_EQ(state().at("memory_decode"), false);
	EXPECT_EQ(state().at("power_state"), 3);
}

TEST_F(AnInfo, SaysThatAProgramAskedForBusMastering)
{
	const Device master = board.device();
	master.open({.write = true, .bus_master = true});
	EXPECT_THAT(page(), HasSubstr(", bus master on (requested), generation 1\n"));
	EXPECT_EQ(state().at("bus_master"), true);
	EXPECT_EQ(state().at("bus_master_requested"), true);
}

/* It was put on by hand; or the device cannot be a bus master. */
TEST_F(AnInfo, TellsWhetherBusMasteringIsOnFromWhetherItWasAskedFor)
{
	DeviceReport report{board.device(), true, DeviceState{.bus_master = true}, "", {}, {}};
	EXPECT_THAT(format_report(report), HasSubstr(", bus master on, "));
	report.state = DeviceState{.bus_master_requested = true};
	EXPECT_THAT(format_report(report), HasSubstr(", bus master off (requested), "));
}

TEST_F(AnInfo, SaysThatTheInterruptCannotBeMaskedAndWhoSharesIt)
{
	DeviceReport report{
		board.device(), true, DeviceState{.unmaskable_interrupt = true}, "", {}, {}};

	EXPECT_THAT(format_report(report), HasSubstr("irq       none known; cannot be masked\n"));
	report.same_irq = {board.device()};
	EXPECT_THAT(format_report(report), HasSubstr(", shared with 0000:05:0d.0 (pcipeek)"));
	const auto object = json::parse(device_json(report));
	EXPECT_EQ(object.at("state").at("unmaskable_interrupt"), true);
	EXPECT_EQ(object.at("same_irq"),
		  json::parse(R"([{"address": "0000:05:0d.0", "driver": "pcipeek"}])"));
}

TEST(ABarWithoutAnAddress, IsShownWithItsSizeIfThatIsKnown)
{
	EXPECT_EQ(format_bar(UnassignedBar{
			  .index = 2, .size = 1ULL << 36, .prefetchable = true, .bits = 64}),
		  "bar2  mem  no address  64 GiB, 64-bit, prefetchable\n");
	EXPECT_EQ(format_bar(UnassignedBar{.index = 0, .type = BarType::io}),
		  "bar0  io   no address  size unknown, 32-bit\n");
}

TEST(ASize, IsInTheLargestUnitThatItIsAWholeNumberOf)
{
	EXPECT_EQ(format_size(64), "64 bytes");
	EXPECT_EQ(format_size(1025), "1025 bytes");
	EXPECT_EQ(format_size(4096), "4 KiB");
	EXPECT_EQ(format_size(1ULL << 50), "1024 TiB");
}

TEST(AConfigObject, HasTheWindowsOfABridge)
{
	ConfigReport report;

	report.header.header_type = 1;
	report.header.bridge = BridgeHeader{.primary_bus = 0,
					    .secondary_bus = 1,
					    .subordinate_bus = 3,
					    .io = {1, 0},
					    .memory = {0xfe800000, 0xfe9fffff}};
	report.capabilities = {{.id = 0x10, .offset = 0x40}};
	const auto object = json::parse(config_json(report));
	EXPECT_EQ(object.at("secondary_bus"), 1);
	EXPECT_EQ(object.at("subordinate_bus"), 3);
	EXPECT_TRUE(object.at("io").is_null()) << "closed";
	EXPECT_EQ(object.at("memory").at("last"), 0xfe9fffff);
	EXPECT_EQ(object.at("capabilities").at(0).at("name"), "CAP_EXP");
	EXPECT_FALSE(object.contains("subsystem_id")) << "that is of devices";
}

TEST(AConfigObject, SaysWhyTheCapabilitiesAreNotThere)
{
	ConfigReport report;

	report.capabilities_error = "only root may see them";
	const auto object = json::parse(config_json(report));
	EXPECT_TRUE(object.at("capabilities").is_null());
	EXPECT_EQ(object.at("capabilities_error"), "only root may see them");
}

} // namespace
} // namespace pcipeek::tools
