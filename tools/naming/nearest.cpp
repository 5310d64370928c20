// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "naming/nearest.hpp"

#include "format.hpp"

#include <algorithm>
#include <numeric>

namespace pcipeek::tools {

namespace {

constexpr std::size_t most_suggested = 3;
constexpr std::size_t most_listed = 8;

char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

/* How many letters have to be changed, added or left out; their case does not count. */
std::size_t distance(std::string_view a, std::string_view b)
{
	std::vector<std::size_t> row(b.size() + 1);

	std::iota(row.begin(), row.end(), std::size_t{0});
	for (const char letter : a) {
		std::size_t diagonal = row[0]++;

		for (std::size_t j = 0; j < b.size(); ++j) {
			const std::size_t same = diagonal + (lower(letter) != lower(b[j]));

			diagonal = row[j + 1];
			row[j + 1] = std::min({same, row[j] + 1, row[j + 1] + 1});
		}
	}
	return row[b.size()];
}

} // namespace

std::string join(const std::vector<std::string> &names, std::string_view last)
{
	std::string text;

	for (std::size_t i = 0; i < names.size(); ++i)
		text += formatted("{}{}",
				  i == 0		  ? ""
				  : i + 1 == names.size() ? last
							  : ", ",
				  names[i]);
	return text;
}

std::vector<std::string> nearest(std::string_view name, const std::vector<std::string> &names)
{
	const std::size_t far = std::max<std::size_t>(name.size() / 3, 2);
	std::vector<std::string> found;

	std::ranges::copy_if(names, std::back_inserter(found), [&](const std::string &other) {
		return distance(name, other) <= far;
	});
	std::ranges::stable_sort(found, {},
				 [&](const auto &other) { return distance(name, other); });
	found.resize(std::min(found.size(), most_suggested));
	return found;
}

std::string did_you_mean(const std::vector<std::string> &names)
{
	return names.empty() ? "" : formatted("; did you mean {}?", join(names, " or "));
}

std::string suggestion(std::string_view name, const std::vector<std::string> &names)
{
	const auto found = nearest(name, names);

	if (!found.empty())
		return did_you_mean(found);
	if (names.empty() || names.size() > most_listed)
		return "";
	return formatted("; there {} {}", names.size() == 1 ? "is only" : "are",
			 join(names, " and "));
}

} // namespace pcipeek::tools
