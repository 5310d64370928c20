// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "svd_element.hpp"

#include "reader_text.hpp"
#include "svd_number.hpp"

#include <algorithm>

namespace pcipeek::map::svd {
namespace {

constexpr std::size_t tag_count = static_cast<std::size_t>(Tag::count);

// In the order of Tag, which is that of their lengths.
constexpr std::array<std::string_view, tag_count> tag_names = {
	"dim",
	"lsb",
	"msb",
	"name",
	"size",
	"width",
	"access",
	"bitRange",
	"bitWidth",
	"dimIndex",
	"bitOffset",
	"resetMask",
	"readAction",
	"resetValue",
	"baseAddress",
	"description",
	"dimIncrement",
	"addressOffset",
	"alternateGroup",
	"addressUnitBits",
	"alternateCluster",
	"alternateRegister",
	"alternatePeripheral",
	"modifiedWriteValues",
};

static_assert(std::ranges::is_sorted(tag_names, {}, &std::string_view::size));

constexpr std::size_t longest_tag = tag_names.back().size();

// The first tag that is at least so long.
constexpr auto first_of_length = [] {
	std::array<std::uint8_t, longest_tag + 2> first{};

	for (std::size_t length = 0; length < first.size(); ++length)
		while (first[length] < tag_count && tag_names[first[length]].size() < length)
			++first[length];
	return first;
}();

// Tag::count if it is none of them.
Tag tag_of(std::string_view name)
{
	if (name.size() > longest_tag)
		return Tag::count;
	for (std::size_t i = first_of_length[name.size()]; i < first_of_length[name.size() + 1];
	     ++i)
		if (tag_names[i] == name)
			return static_cast<Tag>(i);
	return Tag::count;
}

constexpr std::array position = {Tag::lsb, Tag::msb, Tag::bit_range, Tag::bit_width,
				 Tag::bit_offset};
constexpr std::array dimension = {Tag::dim, Tag::dim_index, Tag::dim_increment};
constexpr std::array alternates = {Tag::alternate_group, Tag::alternate_cluster,
				   Tag::alternate_register, Tag::alternate_peripheral};

template <class Tags>
constexpr bool contains(const Tags &tags, Tag tag)
{
	return std::ranges::find(tags, tag) != tags.end();
}

} // namespace

Element::Element(Document &document, Derivation &derivation, pugi::xml_node node)
	: document_{&document}, node_{node}
{
	add(node);
	if (!node.attribute("derivedFrom"))
		return;
	for (const auto &base : derivation.chain_of(node))
		if (base != node)
			add_base(base);
}

void Element::add(pugi::xml_node node)
{
	for (const auto &child : node.children()) {
		const std::string_view name = child.name();
		const Tag tag = tag_of(name);
		if (tag == Tag::count) {
			only_moves_ = only_moves_ && (name.empty() || name == "displayName");
			continue;
		}
		auto &property = properties_[static_cast<std::size_t>(tag)];
		if (!property)
			property = child;
		only_moves_ = only_moves_ && (tag == Tag::name || tag == Tag::address_offset ||
					      tag == Tag::base_address);
	}
}

void Element::add_base(pugi::xml_node node)
{
	const bool has_position = std::ranges::any_of(position, [&](Tag tag) { return has(tag); });
	const bool wants_width = has(Tag::bit_offset) && !has(Tag::bit_width);
	const bool has_dim = has(Tag::dim) || !Pattern{text(Tag::name)}.has_index();

	for (const auto &child : node.children()) {
		const Tag tag = tag_of(child.name());
		if (tag == Tag::count || has(tag) || contains(alternates, tag))
			continue;
		if (has_position && contains(position, tag) &&
		    !(wants_width && tag == Tag::bit_width))
			continue;
		if (has_dim && contains(dimension, tag))
			continue;
		properties_[static_cast<std::size_t>(tag)] = child;
	}
}

pugi::xml_node Element::node() const
{
	return node_;
}

pugi::xml_node Element::at(Tag tag) const
{
	return properties_[static_cast<std::size_t>(tag)];
}

bool Element::has(Tag tag) const
{
	return !at(tag).empty();
}

std::string_view Element::text(Tag tag) const
{
	return document_->text(at(tag));
}

std::optional<std::uint64_t> Element::number(Tag tag) const
{
	if (!has(tag))
		return std::nullopt;
	if (const auto value = svd::number(text(tag)))
		return value;
	document_->fail(at(tag), std::string{at(tag).name()} + " is " + in_quotes(text(tag)) +
					 ", and not a number of up to 64 bits");
}

std::uint64_t Element::required_number(Tag tag) const
{
	if (const auto value = number(tag))
		return *value;
	document_->fail(node_,
			std::string{tag_names[static_cast<std::size_t>(tag)]} + " is missing");
}

Dim Element::dim() const
{
	if (!has(Tag::dim))
		return {};
	return {*document_, at(Tag::dim), at(Tag::dim_increment), at(Tag::dim_index)};
}

bool Element::only_moves() const
{
	return only_moves_;
}

} // namespace pcipeek::map::svd
