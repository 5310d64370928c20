// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include "svd_element.hpp"
#include "svd_values.hpp"

#include <pcipeek/register_map.hpp>

#include <vector>

namespace pcipeek::map::svd {

/** The fields of registers. */
class Fields {
public:
	Fields(Document &document, Derivation &derivation);

	/**
	 * Fills in those of a register, its own and those of what it is derived from. Their
	 * bits are checked against type.bits; its effects are theirs if they have none. If
	 * @p has_rights is false, and they all have the same rights, so has the register.
	 *
	 * Of a register of more than 64 bits, which cannot be accessed, fields above bit 63
	 * are left out.
	 */
	void read(pugi::xml_node reg, RegisterType &type, bool has_rights);

private:
	struct Range {
		std::uint64_t high = 0;
		std::uint64_t low = 0;

		bool operator==(const Range &) const = default;
	};

	std::vector<pugi::xml_node> list(pugi::xml_node reg);
	void adopt_rights(const std::vector<pugi::xml_node> &fields, RegisterType &type);
	void add(const Element &element, RegisterType &type);
	void add_elements(const Element &element, const Field &first, RegisterType &type);
	void add_element(const Element &element, std::string name, Field field, RegisterType &type);
	void check(const Element &element, const Range &range, const RegisterType &type);
	Range range_of(const Element &element);
	Range bit_range(const Element &element);

	Document &document_;
	Derivation &derivation_;
	Values values_;
};

} // namespace pcipeek::map::svd
