// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "toml_keys.hpp"

#include "builder.hpp"
#include "format.hpp"
#include "text.hpp"

#include <algorithm>
#include <charconv>

namespace pcipeek::map {

namespace {

std::string list_of(std::span<const std::string_view> words)
{
	std::string list;
	for (const std::string_view word : words)
		list += formatted("{}{}", list.empty() ? "" : ", ", word);
	return list;
}

std::string_view nearest_of(std::string_view word, std::span<const std::string_view> words)
{
	return *std::ranges::min_element(words, {}, [&](std::string_view candidate) {
		return distance(word, candidate);
	});
}

std::optional<std::uint64_t> hexadecimal(const std::string &text)
{
	std::uint64_t value = 0;
	const char *end = text.data() + text.size();
	if (!text.starts_with("0x"))
		return std::nullopt;
	const auto [stop, code] = std::from_chars(text.data() + 2, end, value, 16);
	const bool is_long = value >> 63 != 0;
	return code == std::errc{} && stop == end && is_long ? std::optional{value} : std::nullopt;
}

} // namespace

void TomlFile::fail(const toml::node &node, const std::string &complaint) const
{
	map::fail(name, node.source().begin.line, complaint);
}

void TomlFile::fail(const toml::key &key, const std::string &complaint) const
{
	map::fail(name, key.source().begin.line, complaint);
}

std::vector<Entry> entries_of(const toml::table &table)
{
	std::vector<Entry> entries;
	entries.reserve(table.size());
	for (const auto &[key, node] : table)
		entries.push_back({&key, &node});
	std::ranges::sort(entries, {}, [](const Entry &entry) {
		const auto &begin = entry.key->source().begin;
		return std::pair{begin.line, begin.column};
	});
	return entries;
}

std::optional<std::uint64_t> number_in(const toml::node &node)
{
	if (const auto *integer = node.as_integer(); integer && integer->get() >= 0)
		return static_cast<std::uint64_t>(integer->get());
	const auto *text = node.as_string();
	return text ? hexadecimal(text->get()) : std::nullopt;
}

Keys::Keys(const TomlFile &file, const toml::table &table, std::string element)
	: file_{file}, tables_{&table}, element_{std::move(element)}
{
}

void Keys::add_base(const toml::table &table)
{
	tables_.push_back(&table);
}

void Keys::allow(std::span<const std::string_view> keys) const
{
	for (const auto &[key, node] : *tables_.front())
		if (std::ranges::find(keys, key.str()) == keys.end())
			file_.fail(key,
				   formatted("{}: unknown key '{}'; did you mean '{}'?", element_,
					     key.str(), nearest_of(key.str(), keys)));
}

const toml::node *Keys::find(std::string_view key) const
{
	for (const toml::table *table : tables_)
		if (const toml::node *node = table->get(key))
			return node;
	return nullptr;
}

void Keys::fail(std::string_view key, const std::string &complaint) const
{
	const toml::node *node = find(key);
	file_.fail(node ? *node : *tables_.front(), formatted("{}: {}", element_, complaint));
}

const toml::table *Keys::table(std::string_view key) const
{
	const toml::node *node = find(key);
	if (node && !node->is_table())
		fail(key, formatted("'{}' has to be a table", key));
	return node ? node->as_table() : nullptr;
}

std::optional<std::string> Keys::text(std::string_view key) const
{
	const toml::node *node = find(key);
	if (!node)
		return std::nullopt;
	if (!node->is_string())
		fail(key, formatted("'{}' has to be a string in quotes", key));
	return node->as_string()->get();
}

std::optional<bool> Keys::flag(std::string_view key) const
{
	const toml::node *node = find(key);
	if (!node)
		return std::nullopt;
	if (!node->is_boolean())
		fail(key, formatted("'{}' has to be true or false", key));
	return node->as_boolean()->get();
}

std::optional<std::uint64_t> Keys::number(std::string_view key) const
{
	const toml::node *node = find(key);
	if (!node)
		return std::nullopt;
	const auto number = number_in(*node);
	if (!number)
		fail(key, formatted("'{}' has to be a number, 0 or more", key));
	return number;
}

std::optional<std::uint64_t> Keys::number(std::string_view key, std::uint64_t most) const
{
	const auto value = number(key);
	if (value && *value > most)
		fail(key, formatted("'{}' is {}, but can be at most {}", key, *value, most));
	return value;
}

std::uint64_t Keys::needed_number(std::string_view key) const
{
	const auto value = number(key);
	if (!value)
		fail(key, formatted("'{}' is missing", key));
	return *value;
}

std::vector<std::string> Keys::texts(std::string_view key) const
{
	const toml::node *node = find(key);
	std::vector<std::string> texts;
	if (!node)
		return texts;
	if (const auto *text = node->as_string())
		return {text->get()};
	if (!node->is_array())
		fail(key, formatted("'{}' has to be a string or a list of strings", key));
	for (const toml::node &element : *node->as_array()) {
		if (!element.is_string())
			fail(key, formatted("'{}' has to be a list of strings", key));
		texts.push_back(element.as_string()->get());
	}
	return texts;
}

std::optional<std::size_t> Keys::word(std::string_view key,
				      std::span<const std::string_view> words) const
{
	const auto said = text(key);
	if (!said)
		return std::nullopt;
	const auto found = std::ranges::find(words, *said);
	if (found == words.end())
		fail(key, formatted("'{}' is not a value of '{}'; use one of {}", *said, key,
				    list_of(words)));
	return static_cast<std::size_t>(found - words.begin());
}

} // namespace pcipeek::map
