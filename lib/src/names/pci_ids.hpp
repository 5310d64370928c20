// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include "names/names.hpp"

#include <cstdint>
#include <map>
#include <mutex>
#include <string_view>
#include <vector>

namespace pcipeek::detail {

/**
 * What a text of the format of pci.ids says: a line for each vendor ("1147  Interface
 * Corp"), under it a line for each device, with a tab before; classes ("C ff  Unassigned
 * class") and sub-classes likewise. Of a number that is there twice, the first line counts.
 *
 * The vendors and classes are looked for once; what is below one of them only when it is
 * asked for. After that, every question is a binary search. Any number of threads may ask.
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
	/** A number and its name; of an outer line, also all lines below it. */
	struct Entry {
		std::uint64_t key;
		std::string_view name;
		std::string_view below = {};
	};
	using Entries = std::vector<Entry>;

	static Entry to_outer(std::string_view line);
	static bool less(const Entry &a, const Entry &b) noexcept;
	static void sort(Entries &entries);
	static std::string find(const Entries &entries, std::uint64_t key);

	std::string find_inner(std::uint64_t outer, std::uint64_t number) const;
	Entries list_inner(std::uint64_t outer) const;

	Entries outer_; // vendors and classes
	mutable std::mutex asking_;
	mutable std::map<std::uint64_t, Entries> inner_; // devices and sub-classes, by outer key
};

} // namespace pcipeek::detail
