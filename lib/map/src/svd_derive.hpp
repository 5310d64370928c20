// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include "svd_document.hpp"

#include <cstddef>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace pcipeek::map::svd {

/**
 * What the attribute derivedFrom refers to.
 *
 * Files in use spell that in many ways: a name beside the element, a path from any element
 * around it ("UART0.CTRL"), with '_' for '.' since the schema forbids the latter, with
 * "[%s]", without it or with the index of one element of an array, and names that are
 * somewhere else in the file. The nearest is meant; of those the first.
 */
class Derivation {
public:
	explicit Derivation(Document &document);

	/** Null if the element is not derived. Throws MapError. */
	pugi::xml_node base_of(pugi::xml_node element);

	/** The element itself, then what it is derived from, and so on. */
	std::vector<pugi::xml_node> chain_of(pugi::xml_node element);

private:
	struct Child {
		pugi::xml_node node;
		std::string_view name;
	};
	struct Children {
		std::vector<Child> all;
		std::unordered_map<std::string_view, pugi::xml_node> by_name;
	};
	struct Base {
		pugi::xml_node element;
		bool is_known = false;
	};
	/** What is looked for, and for whom. */
	struct Wanted {
		pugi::xml_node by;
		std::string_view kind;
		std::string_view path;
	};

	pugi::xml_node find(const Wanted &wanted);
	pugi::xml_node beside(const Wanted &wanted);
	pugi::xml_node below(pugi::xml_node scope, const Wanted &wanted);
	pugi::xml_node deep_below(pugi::xml_node scope, const Wanted &wanted, unsigned depth);
	pugi::xml_node step_into(pugi::xml_node child, const Wanted &wanted, std::size_t name);
	std::vector<std::size_t> matches(const Child &child, const Wanted &wanted);
	std::vector<pugi::xml_node> scopes_of(pugi::xml_node scope);
	pugi::xml_node base_if_known(pugi::xml_node element);
	const Children &children_of(pugi::xml_node scope);
	void count_steps(const Wanted &wanted, std::size_t steps);

	Document &document_;
	std::unordered_map<std::size_t, Base> bases_;
	std::unordered_map<std::size_t, Children> children_;
	std::size_t steps_left_;
	unsigned depth_ = 0;
};

} // namespace pcipeek::map::svd
