// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "fake_sysfs.hpp"

#include "format.hpp"

#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <unistd.h>

namespace pcipeek::test {
namespace {

namespace fs = std::filesystem;

std::string resource_file(const std::vector<Resource> &resources)
{
	std::string text;
	for (std::size_t line = 0; line < 13; line++) {
		const Resource r = line < resources.size() ? resources[line] : Resource{};
		text += formatted("0x{:016x} 0x{:016x} 0x{:016x}\n", r.start, r.end, r.flags);
	}
	return text;
}

std::string device_directory(const Address &address)
{
	return "/sys/devices/" + to_string(address);
}

} // namespace

SysfsDevice io_board()
{
	return {.address = {.bus = 0x05, .device = 0x0c},
		.vendor = 0x1147,
		.device = 0x0c5d,
		.subsystem_vendor = 0x1147,
		.subsystem = 0x0001,
		.revision = 3,
		.resources = {{0x2000, 0x201f, io_bar}, {0x2048, 0x204b, io_bar}}};
}

SysfsDevice memory_board()
{
	return {.address = {.bus = 0x05, .device = 0x0d},
		.vendor = 0x1147,
		.device = 0x0c8e,
		.subsystem_vendor = 0x1147,
		.subsystem = 0x2090,
		.revision = 1,
		.resources = {{0x90502000, 0x9050203f, mem_bar},
			      {0x90501000, 0x9050103f, mem_bar},
			      {0x90503000, 0x9050301f, mem_bar}}};
}

FakeSysfs::FakeSysfs() : testbed_{umockdev_testbed_new()}
{
	fs::create_directories(real_path("/sys/bus/pci/devices"));
	fs::create_directories(real_path("/sys/bus/pci/drivers"));
	write("/sys/fake", "");
	if (::access("/sys/fake", F_OK) != 0)
		throw std::runtime_error{"run this under umockdev-wrapper, as ctest does"};
}

FakeSysfs::~FakeSysfs()
{
	g_object_unref(testbed_);
}

void FakeSysfs::add(const SysfsDevice &device)
{
	const std::string name = to_string(device.address);
	std::array<char *, 1> none{nullptr};
	g_free(umockdev_testbed_add_devicev(testbed_, "pci", name.c_str(), nullptr, none.data(),
					    none.data()));
	set_property(device.address, "PCI_CLASS", formatted("{:X}", device.class_code));
	set_property(device.address, "PCI_ID",
		     formatted("{:04X}:{:04X}", device.vendor, device.device));
	set_property(device.address, "PCI_SUBSYS_ID",
		     formatted("{:04X}:{:04X}", device.subsystem_vendor, device.subsystem));
	set_property(device.address, "PCI_SLOT_NAME", name);
	const auto file = [&](const char *attribute, const std::string &text) {
		write(device_directory(device.address) + "/" + attribute, text);
	};
	file("vendor", formatted("0x{:04x}\n", device.vendor));
	file("device", formatted("0x{:04x}\n", device.device));
	file("subsystem_vendor", formatted("0x{:04x}\n", device.subsystem_vendor));
	file("subsystem_device", formatted("0x{:04x}\n", device.subsystem));
	file("class", formatted("0x{:06x}\n", device.class_code));
	file("revision", formatted("0x{:02x}\n", device.revision));
	file("resource", resource_file(device.resources));
	file("driver_override", "(null)\n");
	std::string config(64, '\0');
	config[0x0e] = static_cast<char>(device.header_type);
	file("config", config);
}

void FakeSysfs::remove(const Address &address)
{
	umockdev_testbed_remove_device(testbed_, device_directory(address).c_str());
	// With the last device umockdev removes its bus, which no kernel does.
	fs::create_directories(real_path("/sys/bus/pci/devices"));
}

std::string FakeSysfs::real_path(const std::string &path) const
{
	const std::unique_ptr<char, void (*)(void *)> root{umockdev_testbed_get_root_dir(testbed_),
							   g_free};
	return root.get() + path;
}

void FakeSysfs::write(const std::string &path, const std::string &text)
{
	const fs::path real = real_path(path);
	fs::create_directories(real.parent_path());
	std::ofstream{real, std::ios::binary} << text;
}

void FakeSysfs::set_driver(const Address &address, const std::optional<std::string> &driver)
{
	const fs::path link = real_path(device_directory(address) + "/driver");
	fs::remove(link);
	if (driver)
		fs::create_symlink("../../bus/pci/drivers/" + *driver, link);
}

void FakeSysfs::send_event(const Address &address, const std::string &action)
{
	umockdev_testbed_uevent(testbed_, device_directory(address).c_str(), action.c_str());
}

void FakeSysfs::set_property(const Address &address, const std::string &name,
			     const std::string &value)
{
	umockdev_testbed_set_property(testbed_, device_directory(address).c_str(), name.c_str(),
				      value.c_str());
}

} // namespace pcipeek::test
