/* SPDX-License-Identifier: GPL-2.0-or-later */
/* SPDX-FileCopyrightText: The pcipeek developers */
#ifndef PCIPEEK_TESTS_VM_FUZZ_TARGET_HPP
#define PCIPEEK_TESTS_VM_FUZZ_TARGET_HPP

#include <array>
#include <cstdint>

namespace fuzz {

/*
 * A function that is fuzzed. No write may end the emulator, and none of them does DMA:
 * those that have an engine for that are never bus masters.
 */
struct Target {
	const char *address;
	std::uint8_t bus;
	std::uint8_t devfn;
	/* Otherwise it is foreign. */
	bool granted;
	/* edu's DMA command with an address out of its range is the end of QEMU (hw_error). */
	bool writable;
	bool has_dma;
};

constexpr std::array<Target, 5> targets{{
	{"0000:00:05.0", 0, 0x28, true, true, false}, /* ivshmem: registers, 16 MiB of memory */
	{"0000:00:04.0", 0, 0x20, true, true, false}, /* pci-testdev: memory, ports, a hole */
	{"0000:00:06.0", 0, 0x30, true, true, true}, /* rtl8139: ports and memory */
	{"0000:00:03.0", 0, 0x18, true, false, true}, /* edu */
	{"0000:01:00.0", 1, 0x00, false, true, true}, /* nvme, behind a bridge */
}};

} // namespace fuzz

#endif
