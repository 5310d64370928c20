// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "toml_field.hpp"

#include "toml_array.hpp"

#include "format.hpp"
#include "text.hpp"

#include <array>
#include <charconv>

namespace pcipeek::map {

namespace {

using namespace std::string_view_literals;

constexpr std::array field_keys{"bits"sv,   "access"sv,	     "read"sv,	 "write"sv,
				"values"sv, "description"sv, "source"sv, "count"sv,
				"stride"sv, "index"sv,	     "first"sv};
constexpr std::array value_keys{"value"sv, "description"sv};

struct Bits {
	unsigned high;
	unsigned low;
};

std::optional<unsigned> bit_number(std::string_view text)
{
	unsigned number = 0;
	const char *end = text.data() + text.size();
	const auto [stop, code] = std::from_chars(text.data(), end, number);
	if (code != std::errc{} || stop != end || number > 63)
		return std::nullopt;
	return number;
}

std::optional<Bits> bits_in(std::string_view text)
{
	const auto colon = text.find(':');
	const auto high = bit_number(text.substr(0, colon));
	const auto low =
		colon == std::string_view::npos ? high : bit_number(text.substr(colon + 1));
	if (!high || !low || *low > *high)
		return std::nullopt;
	return Bits{*high, *low};
}

Bits needed_bits(const Keys &keys, std::string_view text)
{
	const auto bits = bits_in(text);
	if (!bits)
		keys.fail("bits",
			  formatted("'{}' are not bits; write \"BIT\" or \"HIGH:LOW\", 0 to "
				    "63",
				    text));
	return *bits;
}

void take_value(const TomlFile &file, const Entry &entry, NamedValue &named)
{
	if (const auto number = number_in(*entry.node)) {
		named.value = *number;
		return;
	}
	if (!entry.node->is_table())
		file.fail(*entry.node, formatted("value {}: write a number, or {{ value = NUMBER, "
						 "description = \"...\" }}",
						 entry.name()));
	const Keys keys(file, *entry.node->as_table(), formatted("value {}", entry.name()));
	keys.allow(value_keys);
	named.value = keys.needed_number("value");
	named.description = keys.text("description").value_or("");
}

std::vector<NamedValue> read_values(const TomlFile &file, const toml::table &table)
{
	std::vector<NamedValue> values;
	for (const Entry &entry : entries_of(table)) {
		if (!is_name(entry.name()))
			file.fail(*entry.key, formatted("'{}' is not a name for a value; use "
							"letters, digits and '_'",
							entry.name()));
		values.push_back({.name = std::string{entry.name()}});
		take_value(file, entry, values.back());
	}
	return values;
}

std::shared_ptr<const std::vector<NamedValue>> values_of(const Keys &keys, const NamedLists &lists)
{
	const toml::node *node = keys.find("values");
	if (!node)
		return nullptr;
	if (const auto *table = node->as_table())
		return std::make_shared<const std::vector<NamedValue>>(
			read_values(keys.file(), *table));
	const auto found = lists.find(keys.text("values").value_or(""));
	if (found == lists.end())
		keys.fail("values", formatted("there is no table [values.{}] in this file",
					      keys.text("values").value_or("")));
	return found->second;
}

// The element of an array: the bits move up, the rest is the same.
void add_elements(const Keys &keys, const Field &first, std::string_view name,
		  std::vector<Field> &fields)
{
	const Array array = array_of(keys, first.bits());
	for (std::size_t i = 0; i < array.indices.size(); i++) {
		const std::uint64_t up = i * array.stride;
		if (up > 63 || first.high + up > 63)
			keys.fail("count", "its last elements are beyond bit 63");
		fields.push_back(first);
		fields.back().name = element_name(name, array.indices[i]);
		fields.back().high += static_cast<unsigned>(up);
		fields.back().low += static_cast<unsigned>(up);
	}
}

void check_values(const Keys &keys, const Field &field)
{
	if (!field.values || field.bits() == 64)
		return;
	for (const NamedValue &named : *field.values)
		if (named.value >> field.bits() != 0)
			keys.fail("values", formatted("{} is {}, which does not fit {} {}",
						      named.name, named.value, field.bits(),
						      field.bits() == 1 ? "bit" : "bits"));
}

Field behaving(const Behaviour &behaviour, const Bits &bits)
{
	Field field;
	field.high = bits.high;
	field.low = bits.low;
	field.access = behaviour.access;
	field.read_effect = behaviour.read_effect;
	field.write_effect = behaviour.write_effect;
	return field;
}

void read_table(const Keys &keys, std::string_view name, const Behaviour &behaviour,
		const NamedLists &lists, std::vector<Field> &fields)
{
	keys.allow(field_keys);
	const auto text = keys.text("bits");
	if (!text)
		keys.fail("bits", "'bits' is missing");
	Field field = behaving(behaviour_of(keys, behaviour), needed_bits(keys, *text));
	field.values = values_of(keys, lists);
	field.description = keys.text("description").value_or("");
	field.source = keys.text("source").value_or("");
	check_values(keys, field);
	add_elements(keys, field, name, fields);
}

void read_field(const Keys &of_register, const Entry &entry, const Behaviour &behaviour,
		const NamedLists &lists, std::vector<Field> &fields)
{
	const TomlFile &file = of_register.file();
	const std::string element = formatted("{}: field {}", of_register.element(), entry.name());

	if (const auto *table = entry.node->as_table())
		return read_table(Keys(file, *table, element), entry.name(), behaviour, lists,
				  fields);
	const auto *text = entry.node->as_string();
	const auto bits = text ? bits_in(text->get()) : std::nullopt;
	if (!bits)
		file.fail(*entry.node,
			  formatted("{}: write \"BIT\", \"HIGH:LOW\" or {{ bits = \"...\" "
				    "}}, with bits of 0 to 63",
				    element));
	fields.push_back(behaving(behaviour, *bits));
	fields.back().name = entry.name();
}

} // namespace

NamedLists read_value_lists(const Keys &top)
{
	NamedLists lists;
	const toml::table *tables = top.table("values");
	if (!tables)
		return lists;
	for (const Entry &entry : entries_of(*tables)) {
		if (!entry.node->is_table())
			top.file().fail(*entry.node,
					formatted("[values.{}] has to be a table", entry.name()));
		lists.emplace(entry.name(),
			      std::make_shared<const std::vector<NamedValue>>(
				      read_values(top.file(), *entry.node->as_table())));
	}
	return lists;
}

std::vector<Field> read_fields(const Keys &of_register, const Behaviour &behaviour,
			       const NamedLists &lists)
{
	std::vector<Field> fields;
	if (const toml::table *table = of_register.table("fields"))
		for (const Entry &entry : entries_of(*table))
			read_field(of_register, entry, behaviour, lists, fields);
	return fields;
}

} // namespace pcipeek::map
