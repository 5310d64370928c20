// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "svd_values.hpp"

#include "reader_text.hpp"
#include "svd_number.hpp"

#include <algorithm>
#include <utility>

namespace pcipeek::map::svd {
namespace {

std::string lower(std::string text)
{
	for (char &c : text)
		if (c >= 'A' && c <= 'Z')
			c = static_cast<char>(c - 'A' + 'a');
	return text;
}

bool is_for_writing_only(Document &document, pugi::xml_node list)
{
	const auto usage = list.child("usage");
	const std::string_view text = document.text(usage);

	if (usage && text != "read" && text != "write" && text != "read-write")
		document.fail(usage, "usage is " + in_quotes(text) +
					     ": it can be read, write or read-write");
	return text == "write";
}

} // namespace

Values::Values(Document &document, Derivation &derivation)
	: document_{document}, derivation_{derivation}
{
}

Values::List Values::of(pugi::xml_node field, unsigned bits)
{
	while (field && !field.child("enumeratedValues"))
		field = derivation_.base_of(field);
	if (!field)
		return nullptr;
	auto found = known_.find(field.hash_value());
	if (found == known_.end())
		found = known_.emplace(field.hash_value(), read(field)).first;
	const auto &[list, highest] = found->second;
	if (bits < 64 && highest >> bits != 0)
		document_.fail(field, "an enumerated value is " + std::to_string(highest) +
					      ", but the field has " + std::to_string(bits) +
					      (bits == 1 ? " bit" : " bits"));
	return list;
}

Values::Known Values::read(pugi::xml_node field)
{
	std::vector<NamedValue> values;
	Names for_reading;
	Names for_writing;

	for (const auto &list : field.children("enumeratedValues"))
		if (!is_for_writing_only(document_, list))
			add(list, values, for_reading, {});
	for (const auto &list : field.children("enumeratedValues"))
		if (is_for_writing_only(document_, list))
			add(list, values, for_writing, for_reading);

	std::uint64_t highest = 0;
	for (const auto &each : values)
		highest = std::max(highest, each.value);
	return {.list = std::make_shared<const std::vector<NamedValue>>(std::move(values)),
		.highest = highest};
}

// What the list is derived from first; its own values follow.
void Values::add(pugi::xml_node list, std::vector<NamedValue> &values, Names &names,
		 const Names &names_for_reading)
{
	auto chain = derivation_.chain_of(list);

	std::ranges::reverse(chain);
	for (const auto &each : chain)
		for (const auto &value : each.children("enumeratedValue"))
			add_value(value, values, names, names_for_reading);
}

// Lists have names like "reserved" several times: all but the first get their value too.
void Values::add_value(pugi::xml_node value, std::vector<NamedValue> &values, Names &names,
		       const Names &names_for_reading)
{
	const auto number_of_value = value.child("value");
	std::string name = identifier(document_.name_of(value));
	if (!number_of_value || name.empty())
		return;

	const std::string_view text = document_.text(number_of_value);
	const auto number = masked_number(text);
	if (!number)
		document_.fail(value, "the enumerated value " + name + " is " + in_quotes(text) +
					      ", and not a number");
	const auto read = names_for_reading.find(lower(name));
	if (read != names_for_reading.end()) {
		if (read->second == number->value)
			return;
		document_.fail(value, "the enumerated value " + name + " is " +
					      std::to_string(read->second) + " when read, but " +
					      std::to_string(number->value) + " when written");
	}
	const auto known = names.find(lower(name));
	if (known != names.end()) {
		if (known->second == number->value)
			return;
		name += '_' + std::to_string(number->value);
	}
	if (!names.try_emplace(lower(name), number->value).second)
		return;
	values.push_back({.name = std::move(name),
			  .value = number->value,
			  .mask = number->mask,
			  .description = prose(document_.text(value.child("description")))});
	document_.spend(value, sizeof(NamedValue) + values.back().name.size() +
				       values.back().description.size());
}

} // namespace pcipeek::map::svd
