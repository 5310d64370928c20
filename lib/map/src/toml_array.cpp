// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "toml_array.hpp"

#include "builder.hpp"
#include "format.hpp"

namespace pcipeek::map {

namespace {

std::vector<std::string> count_up(std::uint64_t first, std::uint64_t count)
{
	std::vector<std::string> indices;
	indices.reserve(count);
	for (std::uint64_t i = 0; i < count; i++)
		indices.push_back(formatted("{}", first + i));
	return indices;
}

std::vector<std::string> indices_of(const Keys &keys)
{
	const auto count = keys.number("count", most_registers);
	auto indices = keys.texts("index");

	if (count && *count == 0)
		keys.fail("count", "an array of 0 elements has no use; leave it out");
	if (!indices.empty() && count && *count != indices.size())
		keys.fail("index", formatted("'count' is {}, but 'index' has {} elements", *count,
					     indices.size()));
	if (!indices.empty())
		return indices;
	if (!count)
		return {""};
	return count_up(keys.number("first", most_registers).value_or(0), *count);
}

} // namespace

Array array_of(const Keys &keys, std::uint64_t default_stride)
{
	return {indices_of(keys), keys.number("stride").value_or(default_stride)};
}

std::string element_name(std::string_view name, std::string_view index)
{
	const auto place = name.find("%s");
	if (place == std::string_view::npos)
		return formatted("{}{}", name, index);
	return formatted("{}{}{}", name.substr(0, place), index, name.substr(place + 2));
}

} // namespace pcipeek::map
