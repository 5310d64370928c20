// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include "svd_dim.hpp"
#include "svd_register.hpp"

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace pcipeek::map::svd {

struct Group;

/** A register, a cluster or an array of them; not yet expanded. */
struct Item {
	pugi::xml_node node;
	Pattern name;
	/** Of a register that has alternates of the same name: comes behind the name. */
	std::string_view alternate_group;
	Dim dim;
	std::uint64_t offset;
	/** Of a register; null of a cluster. */
	RegisterTypes::Type type;
	/** Of a cluster; null of a register. */
	std::shared_ptr<const Group> group;
	std::string description;

	/** The name of an element, without those around it. */
	std::string name_of(std::uint64_t element) const;
};

/** What is in a peripheral or in a cluster. */
struct Group {
	std::vector<Item> items;
	/** How many registers and clusters that is, all arrays expanded. */
	std::uint64_t expanded = 0;
};

/** Reads groups; derived ones share theirs where that makes no difference. */
class Groups {
public:
	Groups(Document &document, Derivation &derivation, RegisterTypes &types);

	/** Of a peripheral or a cluster, in which @p defaults hold. */
	std::shared_ptr<const Group> of(pugi::xml_node node, const Defaults &defaults);

	/** Counts so many elements of so many each; more than most_registers is an error. */
	void count(pugi::xml_node node, std::uint64_t elements, std::uint64_t each,
		   std::uint64_t &sum);

private:
	using Key = std::pair<std::size_t, Defaults>;

	std::shared_ptr<const Group> read(pugi::xml_node node, const Defaults &defaults);
	Item item(const Element &element, const Defaults &defaults);

	Document &document_;
	Derivation &derivation_;
	RegisterTypes &types_;
	/** Null while it is read. */
	std::map<Key, std::shared_ptr<const Group>> known_;
	unsigned depth_ = 0;
};

} // namespace pcipeek::map::svd
