// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include "builder.hpp"
#include "litex_json.hpp"

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <utility>

namespace pcipeek::map::litex {

/**
 * How the CSR bus puts words at addresses: config_csr_data_width bits in every
 * config_csr_alignment. The high word comes first, unless config_csr_ordering_little is there.
 */
struct Layout {
	std::uint64_t word_bits = 32;
	std::uint64_t alignment = 32;
	WordOrder order = WordOrder::high_first;

	/** Throws MapError. */
	static Layout of(const Document &document);
};

/** What csr_registers has for one register. */
struct Entry {
	std::uint64_t address = 0;
	/** In words. */
	std::uint64_t size = 0;
	Access access = Access::read_write;

	/** Throws MapError. */
	static Entry of(const Document &document, const Json &value, const std::string &where);
};

/**
 * Makes registers of entries. One whose words are not next to each other, or that is too
 * long for one register, is a register for each word: they are named as LiteX names
 * them, from NAME0, which is the lowest word.
 */
class Registers {
public:
	explicit Registers(const Layout &layout);

	/** How many registers it is. */
	std::uint64_t count(const Entry &entry) const;

	void add(const Entry &entry, const std::string &name, Unit &unit);

private:
	std::shared_ptr<const RegisterType> type(std::uint64_t words, Access access);

	Layout layout_;
	std::map<std::pair<std::uint64_t, Access>, std::shared_ptr<const RegisterType>> types_;
};

} // namespace pcipeek::map::litex
