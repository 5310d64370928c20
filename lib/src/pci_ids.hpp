// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include "names.hpp"

#include <cstdint>
#include <string_view>
#include <vector>

namespace pcipeek::detail {

/**
 * What a text of the format of pci.ids says: a line for each vendor ("1147  Interface
 * Corp"), under it a line for each device, with a tab before; classes ("C ff  Unassigned
 * class") and sub-classes likewise. Of a number that is there twice, the first line counts.
 * Read once, then every question is a binary search. Not changed afterwards, so that any
 * number of threads may ask.
 */
class PciIds {
public:
	/** Refers to the text, which has to live as long. */
	explicit PciIds(std::string_view text);

	/** Empty where nothing is known. */
	Names names(const Identity &identity) const;

	bool empty() const noexcept
	{
		return outer_.empty();
	}

private:
	struct Entry {
		std::uint64_t key;
		std::string_view name;
	};

	static void sort(std::vector<Entry> &entries);
	static std::string find(const std::vector<Entry> &entries, std::uint64_t key);

	void add_outer(std::string_view line);
	void add_inner(std::string_view line);

	std::vector<Entry> outer_; // vendors and classes
	std::vector<Entry> inner_; // devices and sub-classes
};

} // namespace pcipeek::detail
