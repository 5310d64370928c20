// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "output/toml_table.hpp"

#include "format.hpp"
#include "output/printable.hpp"

#include <algorithm>
#include <limits>

namespace pcipeek::tools {

namespace {

constexpr auto largest = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());

std::string escaped(char c)
{
	switch (c) {
	case '"':
		return "\\\"";
	case '\\':
		return "\\\\";
	case '\n':
		return "\\n";
	case '\t':
		return "\\t";
	default:
		return {c};
	}
}

} // namespace

std::string toml_string(std::string_view text)
{
	std::string quoted = "\"";

	for (const char c : printable(text))
		quoted += escaped(c);
	return quoted + '"';
}

std::string toml_number(std::uint64_t value)
{
	return value > largest ? toml_string(formatted("{:#x}", value)) : formatted("{}", value);
}

std::string toml_hex(std::uint64_t value)
{
	const auto text = formatted("0x{:02x}", value);

	return value > largest ? toml_string(text) : text;
}

void TomlTable::add(std::string_view key, std::string value)
{
	pairs_.push_back({std::string(key), std::move(value)});
}

void TomlTable::add_text(std::string_view key, std::string_view text)
{
	if (!text.empty())
		add(key, toml_string(text));
}

std::string TomlTable::lines() const
{
	std::size_t width = 0;
	std::string text;

	for (const auto &pair : pairs_)
		width = std::max(width, pair.key.size());
	for (const auto &pair : pairs_)
		text += formatted("{:<{}} = {}\n", pair.key, width, pair.value);
	return text;
}

std::string TomlTable::inline_table() const
{
	std::string text;

	for (const auto &pair : pairs_)
		text += formatted("{}{} = {}", text.empty() ? "{ " : ", ", pair.key, pair.value);
	return text.empty() ? "{}" : text + " }";
}

} // namespace pcipeek::tools
