// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "svd_field.hpp"

#include "reader_text.hpp"
#include "svd_effects.hpp"
#include "svd_merge.hpp"
#include "svd_number.hpp"

#include <algorithm>
#include <optional>
#include <utility>

namespace pcipeek::map::svd {
namespace {

std::string with_index(std::string text, const std::string &index)
{
	for (std::size_t at = 0; (at = text.find("%s", at)) != std::string::npos;
	     at += index.size())
		text.replace(at, 2, index);
	return text;
}

std::vector<pugi::xml_node> own_fields(pugi::xml_node reg)
{
	std::vector<pugi::xml_node> fields;

	for (const auto &child : reg.children()) {
		const std::string_view name = child.name();
		if (name == "field")
			fields.push_back(child);
		else if (name == "fields")
			for (const auto &field : child.children("field"))
				fields.push_back(field);
	}
	return fields;
}

std::string bits_of(std::uint64_t high, std::uint64_t low)
{
	return '[' + std::to_string(high) + ':' + std::to_string(low) + ']';
}

} // namespace

Fields::Fields(Document &document, Derivation &derivation)
	: document_{document}, derivation_{derivation}, values_{document, derivation}
{
}

void Fields::read(pugi::xml_node reg, RegisterType &type, bool has_rights)
{
	const auto nodes = list(reg);

	if (!has_rights)
		adopt_rights(nodes, type);
	type.fields.reserve(nodes.size());
	for (const auto &node : nodes)
		add(Element{document_, derivation_, node}, type);
}

std::vector<pugi::xml_node> Fields::list(pugi::xml_node reg)
{
	if (!derivation_.base_of(reg))
		return own_fields(reg);
	Merge merge{document_};
	for (const auto &each : derivation_.chain_of(reg))
		merge.add_base(own_fields(each));
	return std::move(merge).result();
}

void Fields::adopt_rights(const std::vector<pugi::xml_node> &fields, RegisterType &type)
{
	std::optional<Access> common;

	for (const auto &field : fields) {
		const auto rights = rights_of(document_, Element{document_, derivation_, field});
		if (!rights || (common && *common != rights->access))
			return;
		common = rights->access;
	}
	type.access = common.value_or(type.access);
}

void Fields::add(const Element &element, RegisterType &type)
{
	const Range range = range_of(element);
	const auto rights = rights_of(document_, element);
	Field field;

	check(element, range, type);
	field.high = static_cast<unsigned>(range.high);
	field.low = static_cast<unsigned>(range.low);
	field.access = rights ? rights->access : type.access;
	field.read_effect = read_effect_of(document_, element).value_or(type.read_effect);
	field.write_effect = write_effect_of(document_, element).value_or(type.write_effect);
	field.values = values_.of(element.node(), field.high - field.low + 1);
	field.description = prose(element.text(Tag::description));
	if (element.has(Tag::dim))
		add_elements(element, field, type);
	else
		add_element(element, Pattern{element.text(Tag::name)}.without_index(),
			    std::move(field), type);
}

void Fields::add_elements(const Element &element, const Field &first, RegisterType &type)
{
	const Dim dim = element.dim();
	const Pattern pattern{element.text(Tag::name)};

	for (std::uint64_t i = 0; i < dim.count(); ++i) {
		const std::uint64_t step =
			i > 0 ? std::min(dim.increment(), std::uint64_t{2048}) : 0;
		const std::string index = dim.index(i);
		Field field = first;
		field.high += static_cast<unsigned>(i * step);
		field.low += static_cast<unsigned>(i * step);
		check(element, {.high = field.high, .low = field.low}, type);
		field.description = with_index(std::move(field.description), index);
		add_element(element, pattern.with(index), std::move(field), type);
	}
}

void Fields::add_element(const Element &element, std::string name, Field field, RegisterType &type)
{
	document_.spend(element.node(), sizeof(Field) + name.size() + field.description.size());
	if (name.empty())
		document_.fail(element.node(), "name is missing");
	if (field.high > 63)
		return;
	field.name = std::move(name);
	type.fields.push_back(std::move(field));
}

void Fields::check(const Element &element, const Range &range, const RegisterType &type)
{
	if (range.high < range.low)
		document_.fail(element.node(), "its bits are " + bits_of(range.high, range.low) +
						       ": the higher one comes first");
	if (range.high >= type.bits)
		document_.fail(element.node(), "its bits are " + bits_of(range.high, range.low) +
						       ", but the register has " +
						       std::to_string(type.bits));
}

Fields::Range Fields::bit_range(const Element &element)
{
	std::string_view text = element.text(Tag::bit_range);
	const std::size_t colon = text.find(':');

	if (text.starts_with('[') && text.ends_with(']') && colon != std::string_view::npos) {
		const auto high = number(trimmed(text.substr(1, colon - 1)));
		const auto low = number(trimmed(text.substr(colon + 1, text.size() - colon - 2)));
		if (high && low)
			return {.high = *high, .low = *low};
	}
	document_.fail(element.at(Tag::bit_range),
		       "bitRange is " + in_quotes(text) + ": it looks like [7:4]");
}

// A field may say it in all three ways at once.
Fields::Range Fields::range_of(const Element &element)
{
	std::vector<Range> ranges;

	if (element.has(Tag::bit_range))
		ranges.push_back(bit_range(element));
	if (element.has(Tag::lsb) || element.has(Tag::msb))
		ranges.push_back({.high = element.required_number(Tag::msb),
				  .low = element.required_number(Tag::lsb)});
	if (element.has(Tag::bit_offset)) {
		const std::uint64_t low = element.required_number(Tag::bit_offset);
		const std::uint64_t width = element.number(Tag::bit_width).value_or(1);
		if (width == 0 || low + width < width)
			document_.fail(element.node(), "bitWidth is not 1 to 64");
		ranges.push_back({.high = low + width - 1, .low = low});
	}
	if (ranges.empty())
		document_.fail(element.node(), "it has no bits: bitRange, lsb and msb, or "
					       "bitOffset and bitWidth are missing");
	for (const auto &range : ranges)
		if (range != ranges.front())
			document_.fail(element.node(),
				       "its bits are " + bits_of(ranges[0].high, ranges[0].low) +
					       ", but also " + bits_of(range.high, range.low));
	return ranges.front();
}

} // namespace pcipeek::map::svd
