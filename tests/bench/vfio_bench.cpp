// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
//
// vfio_bench ADDRESS GROUP: what the same registers cost through vfio-pci, which the
// function is bound to; alone in its IOMMU group, with memory in BAR 2.
#include "stopwatch.hpp"

#include <fcntl.h>
#include <linux/vfio.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cstdint>
#include <string>

namespace {

using namespace bench;

int open_or_end(const std::string &path)
{
	const int fd = ::open(path.c_str(), O_RDWR | O_CLOEXEC);
	require(fd >= 0, "open " + path);
	return fd;
}

int device_of(const std::string &address, const std::string &group_number)
{
	const int container = open_or_end("/dev/vfio/vfio");
	const int group = open_or_end("/dev/vfio/" + group_number);
	require(::ioctl(group, VFIO_GROUP_SET_CONTAINER, &container) == 0, "set container");
	require(::ioctl(container, VFIO_SET_IOMMU, VFIO_TYPE1v2_IOMMU) == 0, "set IOMMU");
	const int device = ::ioctl(group, VFIO_GROUP_GET_DEVICE_FD, address.c_str());
	require(device >= 0, "get device");
	return device;
}

off_t place_of(int device, unsigned index)
{
	vfio_region_info info{};
	info.argsz = sizeof(info);
	info.index = index;
	require(::ioctl(device, VFIO_DEVICE_GET_REGION_INFO, &info) == 0, "region");
	return static_cast<off_t>(info.offset);
}

void measure_transfers(int device, off_t bar)
{
	std::uint32_t value = 0;
	require(::pread(device, &value, sizeof(value), bar) == sizeof(value), "pread");
	report("vfio.pread", per_operation([&] { keep(::pread(device, &value, 4, bar)); }));
	report("vfio.pwrite", per_operation([&] { keep(::pwrite(device, &value, 4, bar)); }));
}

void measure_mapping(int device, off_t bar)
{
	void *memory = ::mmap(nullptr, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, device, bar);
	require(memory != MAP_FAILED, "mmap");
	auto *reg = static_cast<volatile std::uint32_t *>(memory);
	keep(*reg);
	report("vfio.mmap.load", per_operation([&] { keep(*reg); }));
}

} // namespace

int main(int argc, char **argv)
{
	require(argc == 3, "usage: vfio_bench ADDRESS GROUP");
	const int device = device_of(argv[1], argv[2]);
	const off_t bar = place_of(device, VFIO_PCI_BAR2_REGION_INDEX);
	measure_transfers(device, bar);
	measure_mapping(device, bar);
}
