// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
//
// library_bench MEMORY: what libpcipeek adds. MEMORY is the address of a granted function with
// at least 8 KiB of memory in BAR 2. Linked with the shared library, as users do.
#include "stopwatch.hpp"

#include <pcipeek/pcipeek.hpp>

#include <cstdint>
#include <span>
#include <vector>

namespace {

using namespace bench;
using pcipeek::Width;

constexpr unsigned batch_size = 256;
constexpr unsigned block_size = 1024;

void measure_single(const pcipeek::Bar &bar)
{
	pcipeek::write(bar, 0, std::uint32_t{1});
	report("library.read", per_operation([&] { keep(pcipeek::read<std::uint32_t>(bar, 0)); }));
	report("library.write", per_operation([&] { pcipeek::write(bar, 0, std::uint32_t{1}); }));
}

void measure_batch(const pcipeek::Device &device, const pcipeek::Bar &bar)
{
	pcipeek::Batch batch(device);
	for (unsigned i = 0; i < batch_size; ++i)
		batch.read(bar, 4ULL * i);
	report("library.batch.read",
	       per_operation([&] { keep(batch.run().done()); }, 1) / batch_size);
}

void measure_block(const pcipeek::Bar &bar)
{
	std::vector<std::uint32_t> values(block_size);
	const std::span<std::uint32_t> all(values);
	report("library.block.read.dword",
	       per_operation([&] { pcipeek::read_block(bar, 0, all); }, 1) / block_size);
}

void measure_mapping(const pcipeek::Bar &bar)
{
	const pcipeek::Mapping mapping(bar, 0, 4096, {.write = true});
	const auto reg = mapping.at<std::uint32_t>(0);
	keep(reg.load());
	report("mapping.load", per_operation([&] { keep(reg.load()); }));
	report("mapping.store", per_operation([&] { reg.store(1); }));
}

// From the address to the closed file: what a program pays that reads one register.
void measure_open(const pcipeek::Address &address)
{
	report("library.lspci_read_close",
	       per_operation(
		       [&] {
			       const auto devices = pcipeek::lspci({.address = address});
			       keep(pcipeek::read<std::uint32_t>(devices.at(0).bar(2), 0));
		       },
		       1));
}

} // namespace

int main(int argc, char **argv)
{
	require(argc == 2, "usage: library_bench MEMORY");
	const auto address = pcipeek::Address::parse(argv[1]);
	require(address.has_value(), "an address");
	const pcipeek::Device device = pcipeek::lspci({.address = *address}).at(0);
	device.open({.write = true, .map = true});
	const pcipeek::Bar bar = device.bar(2);

	measure_single(bar);
	measure_batch(device, bar);
	measure_block(bar);
	measure_mapping(bar);
	measure_open(*address);
}
