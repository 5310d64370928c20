/* SPDX-License-Identifier: GPL-2.0-or-later */
/* SPDX-FileCopyrightText: The pcipeek developers */
#ifndef PCIPEEK_TESTS_VM_STORM_TARGET_HPP
#define PCIPEEK_TESTS_VM_STORM_TARGET_HPP

#include <cstdint>
#include <string>
#include <vector>

namespace storm {

/* A function that the storm goes over. */
struct Target {
	std::string address;
	/* Whose rescan finds it again, below /sys/bus/pci. */
	std::string rescan;
	std::uint8_t bar = 0;
	/* A register of 4 bytes that has this value whatever happens ... */
	std::uint64_t constant = 0;
	std::uint32_t value = 0;
	/* ... and one that may be written. Both in the first two pages of the BAR. */
	std::uint64_t scratch = 0;
	bool can_reset = false;
	/* Without others taking the place that it leaves. */
	bool can_move = false;
};

const std::vector<Target> &targets();
/* nullptr for a function that is not among them */
const Target *target_at(std::uint8_t bus, std::uint8_t devfn);

} // namespace storm

#endif
