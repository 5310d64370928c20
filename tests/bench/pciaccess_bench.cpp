// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
//
// pciaccess_bench MEMORY_SLOT IO_SLOT: what X.Org's libpciaccess costs. Both are device
// numbers on bus 0, of functions without a driver: memory in BAR 2, an I/O BAR 0.
#include "stopwatch.hpp"

#include <cstdint>
#include <cstdlib>

// Its own extern "C" ends before the I/O functions.
extern "C" {
#include <pciaccess.h>
}

namespace {

using namespace bench;

pci_device *device_at(const char *slot)
{
	pci_device *device = ::pci_device_find_by_slot(
		0, 0, static_cast<std::uint32_t>(std::strtoul(slot, nullptr, 16)), 0);
	require(device && ::pci_device_probe(device) == 0, "find and probe");
	return device;
}

void measure_config(pci_device *device)
{
	std::uint32_t value = 0;
	require(::pci_device_cfg_read_u32(device, &value, 0) == 0, "configuration read");
	report("pciaccess.config.read",
	       per_operation([&] { keep(::pci_device_cfg_read_u32(device, &value, 0)); }));
}

void measure_memory(pci_device *device)
{
	void *memory = nullptr;
	const pci_mem_region &region = device->regions[2];
	require(::pci_device_map_range(device, region.base_addr, 4096, PCI_DEV_MAP_FLAG_WRITABLE,
				       &memory) == 0,
		"map");
	const auto *reg = static_cast<volatile std::uint32_t *>(memory);
	keep(*reg);
	report("pciaccess.map.load", per_operation([&] { keep(*reg); }));
}

void measure_io(pci_device *device)
{
	const pci_mem_region &region = device->regions[0];
	pci_io_handle *ports = ::pci_device_open_io(device, region.base_addr, region.size);
	require(ports, "open I/O ports");
	report("pciaccess.io.read", per_operation([&] { keep(::pci_io_read32(ports, 0)); }));
}

} // namespace

int main(int argc, char **argv)
{
	require(argc == 3, "usage: pciaccess_bench MEMORY_SLOT IO_SLOT");
	require(::pci_system_init() == 0, "libpciaccess");
	pci_device *memory = device_at(argv[1]);
	measure_config(memory);
	measure_memory(memory);
	measure_io(device_at(argv[2]));
}
