// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include "svd_document.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace pcipeek::map::svd {

/** The elements <dim>, <dimIncrement> and <dimIndex>: how often something is there. */
class Dim {
public:
	/** Once, and not an array. */
	Dim() = default;

	/** @p dim exists; the others may not. Throws MapError. */
	Dim(Document &document, pugi::xml_node dim, pugi::xml_node increment, pugi::xml_node index);

	bool is_array() const;
	std::uint64_t count() const;

	/** From an element to the next: bytes, or bits of a field. */
	std::uint64_t increment() const;

	/** "3", "B", "tx". @p element is less than count(). */
	std::string index(std::uint64_t element) const;

	/** Whether an element is spelled like that. */
	bool has_index(std::string_view text) const;

private:
	void read_range(Document &document, pugi::xml_node index, std::string_view from,
			std::string_view to);
	void read_list(std::string_view text);

	bool is_array_ = false;
	std::uint64_t count_ = 1;
	std::uint64_t increment_ = 0;
	/** If the indices have no list: they count up from the letter or the number. */
	char letter_ = 0;
	std::uint64_t first_ = 0;
	std::vector<std::string_view> list_;
};

/** A name in which "[%s]" or "%s" stands for the index. */
class Pattern {
public:
	explicit Pattern(std::string_view name);

	bool has_index() const;

	/** The name of one element: "CH2". Without a place for the index it comes last. */
	std::string with(std::string_view index) const;

	/** The name of what is not an array. */
	std::string without_index() const;

	std::string_view before;
	std::string_view after;

private:
	bool has_index_ = false;
};

} // namespace pcipeek::map::svd
