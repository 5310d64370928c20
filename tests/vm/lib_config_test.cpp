/* SPDX-License-Identifier: GPL-2.0-or-later */
/* SPDX-FileCopyrightText: The pcipeek developers */
#include "attachment.hpp"
#include "command.hpp"
#include "cut_off.hpp"
#include "library.hpp"
#include "machine.hpp"

#include <gmock/gmock.h>

#include <atomic>
#include <iomanip>
#include <regex>
#include <thread>

/* Configuration space by the library, and by lspci and the kernel. */
namespace {

using pcipeek::Capability;
using pcipeek::Cause;
using pcipeek::Config;
using pcipeek::Device;
using pcipeek::Width;
using testing::HasSubstr;
using vm::cause_of;
using vm::device_at;
using vm::hex;
using vm::lines_of;
using vm::output_of;

using vm::edu;
const std::string &port = vm::bridge;

/* The bytes of "00: f4 1a ...", of which lspci prints 16 in a line. */
std::vector<std::byte> bytes_by_lspci(const std::string &address)
{
	const std::regex dump{"^[0-9a-f]{2,3}:((?: [0-9a-f]{2}){16})$"};
	std::vector<std::byte> bytes;
	for (const std::string &line : lines_of(output_of("lspci -xxxx -s " + address))) {
		std::smatch match;
		if (!std::regex_match(line, match, dump))
			continue;
		std::istringstream words{match[1]};
		for (unsigned byte = 0; words >> std::hex >> byte;)
			bytes.push_back(static_cast<std::byte>(byte));
	}
	return bytes;
}

TEST(Config, AgreesWithLspciOnEveryByteOfEveryFunction)
{
	std::size_t extended = 0;
	for (const Device &device : pcipeek::lspci()) {
		const std::string address = to_string(device.address());
		SCOPED_TRACE(address);
		const Config config{device};
		EXPECT_EQ(config.read_bytes(0, config.size()), bytes_by_lspci(address));
		extended += config.size() == 4096;
	}
	EXPECT_GT(extended, 0u);
}

/* "	Capabilities: [40] ..." and "	Capabilities: [100 v2] ..." */
std::vector<std::string> capabilities_by_lspci(const std::string &address)
{
	std::vector<std::string> list;
	for (const std::string &line : lines_of(output_of("lspci -vv -s " + address))) {
		std::smatch match;
		static const std::regex entry{"^\tCapabilities: \\[([0-9a-f]+(?: v[0-9]+)?)\\].*"};
		if (std::regex_match(line, match, entry))
			list.push_back(match[1]);
	}
	return list;
}

TEST(Config, AgreesWithLspciOnTheListsOfCapabilities)
{
	for (const Device &device : pcipeek::lspci()) {
		const std::string address = to_string(device.address());
		std::vector<std::string> ours;
		for (const Capability &capability : Config{device}.capabilities())
			ours.push_back(capability.extended
					       ? hex(capability.offset, 3) + " v" +
							 std::to_string(capability.version)
					       : hex(capability.offset, 2));
		EXPECT_EQ(ours, capabilities_by_lspci(address)) << address;
	}
}

TEST(Config, AgreesWithLspciOnTheWindowsOfABridge)
{
	const auto header = Config{device_at(port)}.header();
	const std::string theirs = output_of("lspci -v -s " + port);

	ASSERT_TRUE(header.bridge);
	EXPECT_THAT(theirs, HasSubstr("primary=" + hex(header.bridge->primary_bus, 2) +
				      ", secondary=" + hex(header.bridge->secondary_bus, 2) +
				      ", subordinate=" + hex(header.bridge->subordinate_bus, 2)));
	ASSERT_TRUE(header.bridge->memory.is_open());
	EXPECT_THAT(theirs,
		    HasSubstr("Memory behind bridge: " + hex(header.bridge->memory.first, 8) + "-" +
			      hex(header.bridge->memory.last, 8)));
}

TEST(Config, DecodesTheHeaderAsSysfsShowsIt)
{
	for (const Device &device : pcipeek::lspci()) {
		SCOPED_TRACE(to_string(device.address()));
		const auto header = Config{device}.header();
		EXPECT_EQ(header.vendor_id, device.vendor_id());
		EXPECT_EQ(header.device_id, device.device_id());
		EXPECT_EQ(header.class_code, device.class_code());
		EXPECT_EQ(header.revision_id, device.revision_id());
		EXPECT_EQ(header.bridge.has_value(), !header.endpoint.has_value());
		if (header.endpoint) {
			EXPECT_EQ(header.endpoint->subsystem_id, device.subsystem_id());
		}
	}
}

TEST(Config, WritesWhatSetpciReads)
{
	const Config config{device_at(edu)};
	const auto before = config.read<std::uint8_t>(0x3c);

	config.write(0x3c, std::uint8_t{0x5a});
	EXPECT_EQ(output_of("setpci -s " + edu + " INTERRUPT_LINE"), "5a\n");
	EXPECT_EQ(config.update(0x3c, {.value = 0xa0, .mask = 0xf0}, Width::w8), 0x5au);
	EXPECT_EQ(output_of("setpci -s " + edu + " INTERRUPT_LINE"), "aa\n");
	config.write(0x3c, before);
}

TEST(Config, ShowsAnOrdinaryUserTheHeaderAndSaysWhyNoMore)
{
	EXPECT_EQ(0, vm::as_user([] {
			  const Config config{device_at(edu)};
			  EXPECT_EQ(config.size(), 64u);
			  EXPECT_EQ(config.header().vendor_id, 0x1234);
			  EXPECT_EQ(cause_of([&] { config.read<std::uint32_t>(0x40); }),
				    Cause::needs_root);
			  EXPECT_EQ(cause_of([&] { config.read_bytes(0x3c, 8); }),
				    Cause::needs_root);
			  EXPECT_EQ(cause_of([&] { config.capabilities(); }), Cause::needs_root);
			  EXPECT_EQ(cause_of([&] { config.write(0x3c, std::uint8_t{1}); }),
				    Cause::needs_root);
			  return testing::Test::HasFailure() ? 1 : 0;
		  }));
}

TEST(Config, CallsAWriteToABoardThatIsAwayAnError)
{
	const Config config{device_at(vm::nvme)};
	const vm::CutOff cut{port};

	EXPECT_EQ(cause_of([&] { config.write(0x3c, std::uint8_t{1}); }), Cause::offline);
	EXPECT_EQ(cause_of([&] { config.write(0x04, std::uint16_t{2}); }), Cause::offline);
	EXPECT_EQ(cause_of([&] { config.size(); }), Cause::offline);
	cut.end();
	EXPECT_EQ(config.read<std::uint16_t>(0), 0x1b36);
}

/* Nobody waits for anybody: a read meets the board going, coming, or both. */
TEST(Config, ReturnsNoTornHeaderOfABoardThatComesAndGoes)
{
	constexpr int times = 10000;
	const Config config{device_at(vm::nvme)};
	const auto whole = config.read_bytes(0, 64);
	std::atomic<bool> over = false;
	int read = 0;
	int torn = 0;

	std::thread flicker{[&over] {
		while (!over)
			vm::CutOff{port}.end();
	}};
	for (int i = 0; i < times; ++i) {
		try {
			torn += config.read_bytes(0, 64) != whole;
			++read;
		} catch (const pcipeek::Error &error) {
			EXPECT_EQ(error.cause(), Cause::offline);
		}
	}
	over = true;
	flicker.join();
	EXPECT_EQ(torn, 0);
	EXPECT_GT(read, 0);
	EXPECT_LT(read, times);
}

TEST(Config, StaysGoneAfterTheDeviceWasRemovedAndCameBack)
{
	const Config config{device_at(edu)};
	EXPECT_EQ(config.read<std::uint16_t>(0), 0x1234);

	EXPECT_EQ(0, vm::write_pci("devices/" + edu + "/remove", "1"));
	EXPECT_EQ(cause_of([&] { config.read<std::uint16_t>(0); }), Cause::gone);
	EXPECT_EQ(0, vm::write_pci("rescan", "1"));
	EXPECT_EQ(cause_of([&] { config.read<std::uint16_t>(0); }), Cause::gone);
	EXPECT_EQ(cause_of([&] { config.write(0x3c, std::uint8_t{1}); }), Cause::gone);
	EXPECT_EQ(Config{device_at(edu)}.read<std::uint16_t>(0), 0x1234);
}

} // namespace
