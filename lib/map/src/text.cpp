// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "text.hpp"

#include <algorithm>
#include <numeric>
#include <vector>

namespace pcipeek::map {

namespace {

char lower(char c) noexcept
{
	return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool is_letter(char c) noexcept
{
	return (lower(c) >= 'a' && lower(c) <= 'z') || c == '_';
}

bool is_digit(char c) noexcept
{
	return c >= '0' && c <= '9';
}

} // namespace

bool same_word(std::string_view a, std::string_view b) noexcept
{
	return a.size() == b.size() &&
	       std::equal(a.begin(), a.end(), b.begin(),
			  [](char x, char y) { return lower(x) == lower(y); });
}

bool is_name(std::string_view word) noexcept
{
	return !word.empty() && is_letter(word.front()) &&
	       std::ranges::all_of(word, [](char c) { return is_letter(c) || is_digit(c); });
}

std::optional<Region> region_called(std::string_view word) noexcept
{
	if (same_word(word, "config"))
		return Region{.space = Space::config};
	if (same_word(word, "rom"))
		return Region{.space = Space::rom};
	if (word.size() != 4 || !same_word(word.substr(0, 3), "bar") || word[3] < '0' ||
	    word[3] > '5')
		return std::nullopt;
	return Region{.bar = static_cast<unsigned>(word[3] - '0')};
}

bool is_region(std::string_view word) noexcept
{
	return region_called(word).has_value();
}

// One row of the table of Levenshtein's distance after the other.
std::size_t distance(std::string_view a, std::string_view b)
{
	std::vector<std::size_t> row(b.size() + 1);
	std::iota(row.begin(), row.end(), 0);
	for (std::size_t i = 0; i < a.size(); i++) {
		std::size_t diagonal = row[0];
		row[0] = i + 1;
		for (std::size_t j = 0; j < b.size(); j++) {
			const std::size_t changed = diagonal + (lower(a[i]) != lower(b[j]));
			diagonal = row[j + 1];
			row[j + 1] = std::min({changed, row[j] + 1, row[j + 1] + 1});
		}
	}
	return row.back();
}

} // namespace pcipeek::map
