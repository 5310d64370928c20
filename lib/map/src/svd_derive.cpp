// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "svd_derive.hpp"

#include "reader_text.hpp"
#include "svd_dim.hpp"

#include <algorithm>
#include <array>

namespace pcipeek::map::svd {
namespace {

constexpr unsigned most_levels = 64;

// How many characters of path the name of one element of an array takes; 0 if none fits.
std::size_t element_length(const Pattern &pattern, const Dim &dim, std::string_view path)
{
	const std::string_view rest = path.substr(pattern.before.size());

	for (std::size_t length = 1; length <= rest.size() && length <= 20; ++length)
		if (rest.substr(length).starts_with(pattern.after) &&
		    dim.has_index(rest.substr(0, length)) &&
		    (length == rest.size() || !dim.has_index(rest.substr(0, length + 1))))
			return pattern.before.size() + length + pattern.after.size();
	return 0;
}

// A path may have "[%s]" where the element that is meant has none.
std::size_t skip_place(std::string_view path, std::size_t at)
{
	for (const std::string_view place : {"[%s]", "%s"})
		if (path.substr(at).starts_with(place))
			return at + place.size();
	return at;
}

} // namespace

Derivation::Derivation(Document &document) : document_{document}, steps_left_{document.most_steps()}
{
}

pugi::xml_node Derivation::base_of(pugi::xml_node element)
{
	const auto attribute = element.attribute("derivedFrom");
	if (!attribute)
		return {};
	const auto [entry, is_new] = bases_.try_emplace(element.hash_value());
	if (!is_new && entry->second.is_known)
		return entry->second.element;

	const std::string_view path = trimmed(attribute.value());
	if (!is_new)
		document_.fail(element, "derivedFrom=" + in_quotes(path) + " leads back to itself");
	if (++depth_ > most_levels)
		document_.fail(element, "derivedFrom=" + in_quotes(path) + " goes over more than " +
						std::to_string(most_levels) + " elements");
	const auto base = find({.by = element, .kind = element.name(), .path = path});
	if (!base)
		document_.fail(element, "derivedFrom=" + in_quotes(path) + ": there is no such " +
						element.name());
	for (auto above = element; above; above = above.parent())
		if (above == base)
			document_.fail(element, "derivedFrom=" + in_quotes(path) +
							" is around this element");
	(void)base_of(base);
	--depth_;
	bases_[element.hash_value()] = {.element = base, .is_known = true};
	return base;
}

std::vector<pugi::xml_node> Derivation::chain_of(pugi::xml_node element)
{
	std::vector<pugi::xml_node> chain;

	for (; element; element = base_of(element)) {
		if (chain.size() == most_levels)
			document_.fail(chain.front(), "derivedFrom goes over more than " +
							      std::to_string(most_levels) +
							      " elements");
		chain.push_back(element);
	}
	return chain;
}

// While the base of an element is looked for, it has only what it says itself.
pugi::xml_node Derivation::base_if_known(pugi::xml_node element)
{
	const auto entry = bases_.find(element.hash_value());

	if (entry != bases_.end())
		return entry->second.element;
	return depth_ < most_levels / 2 ? base_of(element) : pugi::xml_node{};
}

// All whose children are in scope: what it is derived from comes first, as in the map.
std::vector<pugi::xml_node> Derivation::scopes_of(pugi::xml_node scope)
{
	std::vector<pugi::xml_node> scopes;

	for (; scope && scopes.size() < most_levels; scope = base_if_known(scope))
		scopes.push_back(scope);
	std::ranges::reverse(scopes);
	return scopes;
}

pugi::xml_node Derivation::find(const Wanted &wanted)
{
	if (const auto found = beside(wanted))
		return found;
	for (auto scope = owner_of(wanted.by); scope; scope = owner_of(scope))
		if (const auto found = below(scope, wanted))
			return found;
	for (auto scope = owner_of(wanted.by); scope; scope = owner_of(scope))
		if (const auto found = deep_below(scope, wanted, 0))
			return found;
	return {};
}

// The common case, without a walk.
pugi::xml_node Derivation::beside(const Wanted &wanted)
{
	const auto &by_name = children_of(owner_of(wanted.by)).by_name;
	const auto found = by_name.find(wanted.path);

	if (found == by_name.end() || found->second == wanted.by ||
	    found->second.name() != wanted.kind)
		return {};
	return found->second;
}

pugi::xml_node Derivation::below(pugi::xml_node scope, const Wanted &wanted)
{
	for (const auto &each : scopes_of(scope))
		for (const auto &child : children_of(each).all) {
			count_steps(wanted, 1);
			if (child.node == wanted.by)
				continue;
			for (const std::size_t name : matches(child, wanted))
				if (const auto found = step_into(child.node, wanted, name))
					return found;
		}
	return {};
}

// The child's name is the first so many characters of the path.
pugi::xml_node Derivation::step_into(pugi::xml_node child, const Wanted &wanted, std::size_t name)
{
	if (name == wanted.path.size())
		return child.name() == wanted.kind ? child : pugi::xml_node{};
	if (wanted.path[name] != '.' && wanted.path[name] != '_')
		return {};
	Wanted rest = wanted;
	rest.path.remove_prefix(name + 1);
	return below(child, rest);
}

pugi::xml_node Derivation::deep_below(pugi::xml_node scope, const Wanted &wanted, unsigned depth)
{
	if (depth == most_levels)
		return {};
	for (const auto &each : scopes_of(scope))
		for (const auto &child : children_of(each).all) {
			count_steps(wanted, 1);
			if (const auto found = below(child.node, wanted))
				return found;
			if (const auto found = deep_below(child.node, wanted, depth + 1))
				return found;
		}
	return {};
}

// How many characters of the path can be the child's name.
std::vector<std::size_t> Derivation::matches(const Child &child, const Wanted &wanted)
{
	const std::string_view path = wanted.path;
	const Pattern pattern{child.name};
	std::vector<std::size_t> lengths;

	if (child.name.empty() || !path.starts_with(pattern.before))
		return lengths;
	for (const std::string_view place : {"", "[%s]", "%s"}) {
		const std::string_view rest = path.substr(pattern.before.size());
		if (rest.starts_with(place) && rest.substr(place.size()).starts_with(pattern.after))
			lengths.push_back(skip_place(path, pattern.before.size() + place.size() +
								   pattern.after.size()));
	}
	if (const auto dim = child.node.child("dim")) {
		const auto index = child.node.child("dimIndex");
		count_steps(wanted, document_.text(index).size());
		const Dim dims{document_, dim, child.node.child("dimIncrement"), index};
		if (const std::size_t length = element_length(pattern, dims, path))
			lengths.push_back(length);
	}
	return lengths;
}

const Derivation::Children &Derivation::children_of(pugi::xml_node scope)
{
	const auto [entry, is_new] = children_.try_emplace(scope.hash_value());
	Children &children = entry->second;

	if (!is_new)
		return children;
	constexpr std::array<std::string_view, 5> kinds = {"peripheral", "cluster", "register",
							   "field", "enumeratedValues"};
	const auto add = [&](pugi::xml_node child) {
		if (std::ranges::find(kinds, std::string_view{child.name()}) == kinds.end())
			return;
		const std::string_view name = document_.name_of(child);
		children.all.push_back({.node = child, .name = name});
		children.by_name.try_emplace(name, child);
	};
	for (const auto &child : scope.children()) {
		add(child);
		for (const std::string_view list : {"peripherals", "registers", "fields"})
			if (child.name() == list)
				for (const auto &inner : child.children())
					add(inner);
	}
	return children;
}

void Derivation::count_steps(const Wanted &wanted, std::size_t steps)
{
	if (steps_left_ < steps)
		document_.fail(wanted.by, "derivedFrom=" + in_quotes(wanted.path) +
						  " takes too long to find: give its whole path");
	steps_left_ -= steps;
}

} // namespace pcipeek::map::svd
