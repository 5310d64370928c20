// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include <pcipeek/address.hpp>

#include <umockdev.h>

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace pcipeek::test {

// One line of a device's sysfs file "resource", as the kernel prints it.
struct Resource {
	std::uint64_t start = 0;
	std::uint64_t end = 0;
	std::uint64_t flags = 0;
};

// The flags that Linux prints for the usual kinds of BARs.
inline constexpr std::uint64_t io_bar = 0x40101;
inline constexpr std::uint64_t mem_bar = 0x40200;
inline constexpr std::uint64_t mem64_prefetchable_bar = 0x14220c;

// A PCI function, as sysfs shows it.
struct SysfsDevice {
	Address address = {};
	std::uint16_t vendor = 0;
	std::uint16_t device = 0;
	std::uint16_t subsystem_vendor = 0;
	std::uint16_t subsystem = 0;
	std::uint32_t class_code = 0xff0000;
	std::uint8_t revision = 0;
	std::uint8_t header_type = 0;
	std::vector<Resource> resources = {};
};

// The two boards of Interface Corp: I/O BARs of 32 and 4 bytes, and memory BARs
// of 64, 64 and 32 bytes.
SysfsDevice io_board();
SysfsDevice memory_board();

// A /sys that this process sees in place of the machine's own, as long as this lives.
class FakeSysfs {
public:
	FakeSysfs();
	~FakeSysfs();
	FakeSysfs(const FakeSysfs &) = delete;
	FakeSysfs &operator=(const FakeSysfs &) = delete;

	void add(const SysfsDevice &device);
	void remove(const Address &address);

	// Where a file of /sys really is, to change it behind the program's back.
	std::string real_path(const std::string &path) const;
	void write(const std::string &path, const std::string &text);

	// nullopt: no driver.
	void set_driver(const Address &address, const std::optional<std::string> &driver);

	// A uevent of the device, with the properties that the kernel sends along.
	void send_event(const Address &address, const std::string &action);
	void set_property(const Address &address, const std::string &name,
			  const std::string &value);

private:
	UMockdevTestbed *testbed_;
};

} // namespace pcipeek::test
