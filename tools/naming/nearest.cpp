// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "naming/nearest.hpp"

#include "format.hpp"

#include <pcipeek/map.hpp>

namespace pcipeek::tools {

namespace {

constexpr std::size_t most_listed = 8;

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

std::string did_you_mean(const std::vector<std::string> &names)
{
	return names.empty() ? "" : formatted("; did you mean {}?", join(names, " or "));
}

std::string suggestion(std::string_view name, const std::vector<std::string> &names)
{
	const auto found = map::nearest(name, names);

	if (!found.empty())
		return did_you_mean(found);
	if (names.empty() || names.size() > most_listed)
		return "";
	return formatted("; there {} {}", names.size() == 1 ? "is only" : "are",
			 join(names, " and "));
}

} // namespace pcipeek::tools
