// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include "svd_derive.hpp"
#include "svd_dim.hpp"
#include "svd_document.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace pcipeek::map::svd {

/** The properties that are read, of all kinds of elements. */
enum class Tag : std::uint8_t {
	dim,
	lsb,
	msb,
	name,
	size,
	width,
	access,
	bit_range,
	bit_width,
	dim_index,
	bit_offset,
	reset_mask,
	read_action,
	reset_value,
	base_address,
	description,
	dim_increment,
	address_offset,
	alternate_group,
	address_unit_bits,
	alternate_cluster,
	alternate_register,
	alternate_peripheral,
	modified_write_values,
	count,
};

/**
 * A peripheral, cluster, register or field, with what it takes from those that it is
 * derived from: each property that it does not have itself, but for its dim if its own
 * name has no "%s", its place if it has another one, and what it is an alternate of.
 */
class Element {
public:
	Element(Document &document, Derivation &derivation, pugi::xml_node node);

	pugi::xml_node node() const;

	/** The property's own element, for errors; null if there is none. */
	pugi::xml_node at(Tag tag) const;
	bool has(Tag tag) const;

	/** "" if there is none. */
	std::string_view text(Tag tag) const;

	/** Throws MapError if it is no number. */
	std::optional<std::uint64_t> number(Tag tag) const;

	/** Throws MapError if there is none. */
	std::uint64_t required_number(Tag tag) const;

	Dim dim() const;

	/** Whether what it says itself is a name and a place, and all else is its base's. */
	bool only_moves() const;

private:
	void add(pugi::xml_node node);
	void add_base(pugi::xml_node node);

	Document *document_;
	pugi::xml_node node_;
	std::array<pugi::xml_node, static_cast<std::size_t>(Tag::count)> properties_;
	bool only_moves_ = true;
};

} // namespace pcipeek::map::svd
