// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
//
// peers_bench MEMORY IO: what the kernel's other ways to the same registers cost. Both are
// addresses of functions without a driver, MEMORY with memory in BAR 2, IO with an I/O BAR 0.
#include "stopwatch.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <array>
#include <cstdint>
#include <cstdio>
#include <string>

namespace {

using namespace bench;

constexpr std::size_t page = 4096;

std::string file_of(const std::string &address, const std::string &name)
{
	return "/sys/bus/pci/devices/" + address + "/" + name;
}

int open_or_end(const std::string &path)
{
	const int fd = ::open(path.c_str(), O_RDWR | O_CLOEXEC);
	require(fd >= 0, "open " + path);
	return fd;
}

// As the kernel tells it; the peers that need it take it from lspci or from here.
std::uint64_t start_of(const std::string &address, unsigned bar)
{
	std::FILE *file = std::fopen(file_of(address, "resource").c_str(), "r");
	unsigned long long start = 0;
	for (unsigned line = 0; file && line <= bar; ++line)
		require(std::fscanf(file, "%llx %*x %*x", &start) == 1, "line of resource");
	require(file && start, "start of the BAR");
	std::fclose(file);
	return start;
}

volatile std::uint32_t *mapped(int fd, std::uint64_t offset)
{
	void *address = ::mmap(nullptr, page, PROT_READ | PROT_WRITE, MAP_SHARED, fd,
			       static_cast<off_t>(offset));
	return address == MAP_FAILED ? nullptr : static_cast<volatile std::uint32_t *>(address);
}

void measure_mapping(const std::string &name, const std::string &path, std::uint64_t offset)
{
	const int fd = open_or_end(path);
	volatile std::uint32_t *reg = mapped(fd, offset);
	if (!reg) {
		std::printf("# %s: the kernel does not allow it\n", name.c_str());
		return;
	}
	keep(*reg);
	report(name + ".load", per_operation([&] { keep(*reg); }));
	report(name + ".store", per_operation([&] { *reg = 1; }));
}

template <std::size_t Width>
void measure_pread(const std::string &name, const std::string &path, std::uint64_t offset)
{
	const int fd = open_or_end(path);
	const auto place = static_cast<off_t>(offset);
	std::array<char, Width> value{};
	if (::pread(fd, value.data(), Width, place) != Width) {
		std::printf("# %s: the kernel does not allow it\n", name.c_str());
		return;
	}
	report(name, per_operation([&] { keep(::pread(fd, value.data(), Width, place)); }));
}

void measure_open_to_close(const std::string &path)
{
	report("sysfs.open_map_read_close", per_operation([&] {
		       const int fd = ::open(path.c_str(), O_RDWR | O_CLOEXEC);
		       volatile std::uint32_t *reg = mapped(fd, 0);
		       keep(*reg);
		       ::munmap(const_cast<std::uint32_t *>(reg), page);
		       ::close(fd);
	       }));
}

} // namespace

int main(int argc, char **argv)
{
	require(argc == 3, "usage: peers_bench MEMORY IO");
	const std::string memory = argv[1];
	const std::string io = argv[2];
	const std::string memory_file = file_of(memory, "resource2");

	measure_mapping("sysfs.mmap", memory_file, 0);
	measure_mapping("devmem.mmap", "/dev/mem", start_of(memory, 2));
	measure_pread<4>("devmem.pread", "/dev/mem", start_of(memory, 2));
	measure_pread<4>("sysfs.io.pread", file_of(io, "resource0"), 0);
	measure_pread<1>("devport.pread", "/dev/port", start_of(io, 0));
	measure_pread<4>("sysfs.config.pread", file_of(memory, "config"), 0);
	measure_open_to_close(memory_file);
}
