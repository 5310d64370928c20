// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "svd_group.hpp"

#include "builder.hpp"
#include "reader_text.hpp"
#include "svd_merge.hpp"

#include <algorithm>

namespace pcipeek::map::svd {
namespace {

constexpr unsigned most_levels = 32;

// More than it takes: few lines can also say very much to read.
constexpr std::size_t cost_of_item = 800;

bool is_item(pugi::xml_node node)
{
	const std::string_view name = node.name();

	return name == "register" || name == "cluster";
}

// Where the registers of a peripheral are, and those of a cluster.
pugi::xml_node list_of(pugi::xml_node node)
{
	return std::string_view{node.name()} == "peripheral" ? node.child("registers") : node;
}

std::vector<pugi::xml_node> own_items(pugi::xml_node node)
{
	std::vector<pugi::xml_node> items;

	for (const auto &child : list_of(node).children())
		if (is_item(child))
			items.push_back(child);
	return items;
}

bool has_items(pugi::xml_node node)
{
	const auto children = list_of(node).children();

	return std::any_of(children.begin(), children.end(), is_item);
}

} // namespace

std::string Item::name_of(std::uint64_t element) const
{
	std::string text = dim.is_array() ? name.with(dim.index(element)) : name.without_index();

	if (!alternate_group.empty() && !text.empty())
		text += '_' + identifier(alternate_group);
	return text;
}

Groups::Groups(Document &document, Derivation &derivation, RegisterTypes &types)
	: document_{document}, derivation_{derivation}, types_{types}
{
}

std::shared_ptr<const Group> Groups::of(pugi::xml_node node, const Defaults &defaults)
{
	for (auto base = derivation_.base_of(node); base && !has_items(node);
	     base = derivation_.base_of(node))
		node = base;

	const Key key{node.hash_value(), defaults};
	const auto [entry, is_new] = known_.try_emplace(key);
	if (!is_new) {
		if (!entry->second)
			document_.fail(node, "it contains itself by derivedFrom");
		return entry->second;
	}
	if (++depth_ > most_levels)
		document_.fail(node, "clusters are nested in more than " +
					     std::to_string(most_levels) + " levels");
	auto group = read(node, defaults);
	--depth_;
	return known_[key] = std::move(group);
}

std::shared_ptr<const Group> Groups::read(pugi::xml_node node, const Defaults &defaults)
{
	auto group = std::make_shared<Group>();
	Merge merge{document_};

	for (const auto &each : derivation_.chain_of(node))
		merge.add_base(own_items(each));
	const auto nodes = std::move(merge).result();
	group->items.reserve(nodes.size());
	for (const auto &each : nodes) {
		document_.spend(each, cost_of_item);
		group->items.push_back(item(Element{document_, derivation_, each}, defaults));
		const Item &last = group->items.back();
		count(each, last.dim.count(), last.group ? last.group->expanded + 1 : 1,
		      group->expanded);
	}
	return group;
}

Item Groups::item(const Element &element, const Defaults &defaults)
{
	const bool is_cluster = std::string_view{element.node().name()} == "cluster";
	Item item{.node = element.node(),
		  .name = Pattern{element.text(Tag::name)},
		  .alternate_group = element.text(Tag::alternate_group),
		  .dim = element.dim(),
		  .offset = 0,
		  .type = nullptr,
		  .group = nullptr,
		  .description = {}};

	if (element.text(Tag::name).empty())
		document_.fail(element.node(), "name is missing");
	if (is_cluster) {
		item.offset = element.number(Tag::address_offset).value_or(0);
		item.description = prose(element.text(Tag::description));
		item.group = of(element.node(), defaults_in(document_, element, defaults));
	} else {
		item.offset = element.required_number(Tag::address_offset);
		item.type = types_.of(element, defaults);
	}
	return item;
}

void Groups::count(pugi::xml_node node, std::uint64_t elements, std::uint64_t each,
		   std::uint64_t &sum)
{
	if (elements > most_registers / each || sum + elements * each > most_registers)
		document_.fail(node, "with it the map has more than " +
					     std::to_string(most_registers) +
					     " registers and clusters");
	sum += elements * each;
}

} // namespace pcipeek::map::svd
