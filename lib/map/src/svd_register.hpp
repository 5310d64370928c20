// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include "svd_element.hpp"
#include "svd_field.hpp"

#include <pcipeek/register_map.hpp>

#include <compare>
#include <cstdint>
#include <memory>
#include <optional>
#include <unordered_map>

namespace pcipeek::map::svd {

/** What registers inherit from the device, the peripheral and the clusters around them. */
struct Defaults {
	unsigned bits = 32;
	std::optional<Access> access;
	bool write_once = false;
	std::optional<std::uint64_t> reset;
	std::uint64_t reset_mask = ~std::uint64_t{0};
	bool overlaps = false;

	auto operator<=>(const Defaults &) const = default;
};

/** With what the element says. */
Defaults defaults_in(Document &document, const Element &element, Defaults outer);

/** The types of registers: those of an array share theirs, and so do most derived ones. */
class RegisterTypes {
public:
	using Type = std::shared_ptr<const RegisterType>;

	/** @p bus_bits is the width of the device's bus; 0 if it does not say it. */
	RegisterTypes(Document &document, Derivation &derivation, std::uint64_t bus_bits);

	Type of(const Element &reg, const Defaults &outer);

private:
	struct Known {
		Defaults outer;
		Type type;
	};

	Type read(const Element &reg, const Defaults &outer);
	unsigned word_bits(unsigned bits) const;

	Document &document_;
	Derivation &derivation_;
	Fields fields_;
	std::uint64_t bus_bits_;
	std::unordered_map<std::size_t, Known> known_;
};

} // namespace pcipeek::map::svd
