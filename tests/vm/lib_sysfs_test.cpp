/* SPDX-License-Identifier: GPL-2.0-or-later */
/* SPDX-FileCopyrightText: The pcipeek developers */
#include "attachment.hpp"
#include "command.hpp"
#include "library.hpp"
#include "machine.hpp"

#include <fstream>
#include <iterator>
#include <optional>

/* What else the kernel serves of a device as files: its ROM, interrupt and place. */
namespace {

using pcipeek::Cause;
using pcipeek::Device;
using pcipeek::Rom;
using vm::cause_of;
using vm::device_at;

using vm::edu;
using vm::rtl8139;

std::vector<std::byte> file(const std::string &path)
{
	std::ifstream stream{path, std::ios::binary};
	const std::string text{std::istreambuf_iterator{stream}, {}};
	const auto *bytes = reinterpret_cast<const std::byte *>(text.data());
	return {bytes, bytes + text.size()};
}

/* The kernel refuses to read a ROM unless reading was switched on. */
bool is_switched_off(const std::string &address)
{
	std::ifstream rom{"/sys/bus/pci/devices/" + address + "/rom", std::ios::binary};
	return rom.get() == EOF;
}

TEST(Rom, IsTheFileThatTheMachineWasGranted)
{
	const Rom rom{device_at(rtl8139)};
	const auto expected = file("/trace/rom");

	EXPECT_EQ(expected.size(), 65536u);
	EXPECT_EQ(rom.size(), 65536u);
	EXPECT_EQ(rom.read(), expected);
	EXPECT_TRUE(is_switched_off(rtl8139));
	EXPECT_EQ(rom.read(), expected);
}

TEST(Rom, IsForRootAlone)
{
	EXPECT_EQ(0, vm::as_user([] {
			  const Rom rom{device_at(rtl8139)};
			  EXPECT_EQ(cause_of([&] { rom.read(); }), Cause::needs_root);
			  return testing::Test::HasFailure() ? 1 : 0;
		  }));
	EXPECT_TRUE(is_switched_off(rtl8139));
}

TEST(Rom, OfADeviceWithoutOneIsAbsent)
{
	EXPECT_EQ(cause_of([] { const Rom rom{device_at(edu)}; }), Cause::absent);
}

TEST(LegacyPorts, AreAClearErrorOnThisMachine)
{
	EXPECT_EQ(cause_of([] { const pcipeek::LegacyIo io{device_at(edu)}; }), Cause::unsupported);
	EXPECT_EQ(cause_of([] { const pcipeek::LegacyMemory map(device_at(edu), 0, 4096); }),
		  Cause::unsupported);
}

/* A kernel without NUMA has no such file, one with it says -1 of a board without a node. */
void expect_numa_node(const Device &device, const std::string &text)
{
	if (text.empty() || text == "-1\n")
		EXPECT_EQ(std::nullopt, device.numa_node());
	else
		EXPECT_EQ(text, std::to_string(device.numa_node().value_or(-1)) + "\n");
}

TEST(ADevice, TellsItsInterruptAndItsPlace)
{
	for (const Device &device : pcipeek::lspci()) {
		const std::string directory = "/sys/bus/pci/devices/" + to_string(device.address());
		SCOPED_TRACE(directory);
		EXPECT_EQ(std::to_string(device.irq().value_or(0)) + "\n",
			  vm::output_of("cat " + directory + "/irq"));
		expect_numa_node(device, vm::text_of(directory + "/numa_node"));
		EXPECT_EQ(device.local_cpus() + "\n",
			  vm::output_of("cat " + directory + "/local_cpulist"));
	}
	EXPECT_GT(device_at(edu).irq(), 0u);
}

} // namespace
