// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include "toml.hpp"

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace pcipeek::map {

/** Which file is read; where in it something is wrong. */
struct TomlFile {
	std::string name;

	[[noreturn]] void fail(const toml::node &node, const std::string &complaint) const;
	[[noreturn]] void fail(const toml::key &key, const std::string &complaint) const;
};

/** A key of a table, and what it stands for. */
struct Entry {
	const toml::key *key;
	const toml::node *node;

	std::string_view name() const
	{
		return key->str();
	}
};

/** The entries of a table in the order of the file; toml++ sorts them by name. */
std::vector<Entry> entries_of(const toml::table &table);

/**
 * The keys of one table, with their types checked. A table may take what it does not say
 * from others, which it is `like`. All functions throw MapError.
 */
class Keys {
public:
	/** @p element is what errors call it: "register CTRL". */
	Keys(const TomlFile &file, const toml::table &table, std::string element);

	/** Where to look for what this table does not say. */
	void add_base(const toml::table &table);

	/** Refuses all other keys of the table itself. */
	void allow(std::span<const std::string_view> keys) const;

	const toml::node *find(std::string_view key) const;
	const toml::table *table(std::string_view key) const;
	std::optional<std::string> text(std::string_view key) const;
	std::optional<bool> flag(std::string_view key) const;

	/** Not negative. A number beyond 63 bits, which TOML does not have, is a string. */
	std::optional<std::uint64_t> number(std::string_view key) const;
	std::optional<std::uint64_t> number(std::string_view key, std::uint64_t most) const;
	std::uint64_t needed_number(std::string_view key) const;

	/** A string, or a list of them. Empty if there is no such key. */
	std::vector<std::string> texts(std::string_view key) const;

	/** The one of the words that the key says; its place in the list. */
	std::optional<std::size_t> word(std::string_view key,
					std::span<const std::string_view> words) const;

	/** Where the key is, or the table if it is not there. */
	[[noreturn]] void fail(std::string_view key, const std::string &complaint) const;

	const TomlFile &file() const
	{
		return file_;
	}

	const std::string &element() const
	{
		return element_;
	}

private:
	const TomlFile &file_;
	std::vector<const toml::table *> tables_;
	std::string element_;
};

/** What a node says as a number, or nullopt if it is none: see Keys::number(). */
std::optional<std::uint64_t> number_in(const toml::node &node);

} // namespace pcipeek::map
