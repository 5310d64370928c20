/* SPDX-License-Identifier: GPL-2.0-or-later */
/* SPDX-FileCopyrightText: The pcipeek developers */
#ifndef PCIPEEK_TESTS_VM_FUZZ_WITNESS_HPP
#define PCIPEEK_TESTS_VM_FUZZ_WITNESS_HPP

#include <cstdint>
#include <iosfwd>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "trace.hpp"

namespace fuzz {

/*
 * Reads QEMU's trace (trace.hpp), from now on and as it grows: all that was accessed lies
 * in a BAR of a function that is fuzzed, or is the machine's own: its clocks, its
 * interrupts, configuration space, and the virtio devices that bring the trace itself.
 */
class Witness {
public:
	/* Allowed are the functions that are fuzzed, by their addresses. */
	explicit Witness(const std::set<std::string> &fuzzed);

	/* Read what came since the last time, if it is that much. */
	void look(std::uint64_t least_bytes = 0);

	/* Accesses of each function that is fuzzed. */
	std::map<std::string, std::uint64_t> seen() const;
	/* Accesses that nobody should have made, and how many of each. */
	const std::map<std::string, std::uint64_t> &complaints() const
	{
		return complaints_;
	}
	void print(std::ostream &out) const;

private:
	struct Counted {
		vm::BarRange range;
		std::uint64_t accesses = 0;
	};

	void judge(std::string_view line);
	bool count(std::string_view line);
	void judge(const vm::Access &access);
	const vm::BarRange *range_of(const vm::Access &access) const;

	vm::Mark mark_;
	std::set<std::string> own_;
	std::uint64_t bytes_ = 0;
	std::vector<Counted> counted_;
	std::map<std::string, std::uint64_t> complaints_;
};

} // namespace fuzz

#endif
