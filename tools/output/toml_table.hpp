// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace pcipeek::tools {

/* A string of TOML, with its quotes. Control characters are escaped, bad UTF-8 replaced. */
std::string toml_string(std::string_view text);

/* A number; one beyond the 63 bits that TOML has is a string, as maps have it. */
std::string toml_number(std::uint64_t value);

/* One that reads better in hexadecimal. */
std::string toml_hex(std::uint64_t value);

/* The pairs of a table, in the order in which they are added. Empty texts are left out. */
class TomlTable {
public:
	/* @value is TOML already. */
	void add(std::string_view key, std::string value);
	void add_text(std::string_view key, std::string_view text);

	bool empty() const
	{
		return pairs_.empty();
	}

	std::size_t size() const
	{
		return pairs_.size();
	}

	/* One pair a line, the values below each other. */
	std::string lines() const;

	/* { key = value, ... } */
	std::string inline_table() const;

private:
	struct Pair {
		std::string key;
		std::string value;
	};

	std::vector<Pair> pairs_;
};

} // namespace pcipeek::tools
