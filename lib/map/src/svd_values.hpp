// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include "svd_derive.hpp"
#include "svd_document.hpp"

#include <pcipeek/register_map.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace pcipeek::map::svd {

/**
 * The enumeratedValues of fields. Where there is a list for reading and one for writing,
 * the former's come first, so that a value that was read has its name from there. A value
 * for all others (isDefault) has no number, and is left out.
 */
class Values {
public:
	using List = std::shared_ptr<const std::vector<NamedValue>>;

	Values(Document &document, Derivation &derivation);

	/** Of a field of so many bits, or of what it is derived from; null if it has none. */
	List of(pugi::xml_node field, unsigned bits);

private:
	struct Known {
		List list;
		std::uint64_t highest = 0;
	};
	/** The names of a list as yet, in lower case, with their values. */
	using Names = std::unordered_map<std::string, std::uint64_t>;

	Known read(pugi::xml_node field);
	void add(pugi::xml_node list, std::vector<NamedValue> &values, Names &names,
		 const Names &names_for_reading);
	void add_value(pugi::xml_node value, std::vector<NamedValue> &values, Names &names,
		       const Names &names_for_reading);

	Document &document_;
	Derivation &derivation_;
	std::unordered_map<std::size_t, Known> known_;
};

} // namespace pcipeek::map::svd
