// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "naming/find_map.hpp"

#include "find_device.hpp"
#include "format.hpp"
#include "naming/nearest.hpp"

#include <algorithm>
#include <array>

namespace pcipeek::tools {

namespace {

bool is_file(const std::string &text)
{
	using namespace std::string_view_literals;
	constexpr std::array suffixes{".toml"sv, ".svd"sv, ".xml"sv, ".json"sv};

	return text.find('/') != std::string::npos ||
	       std::ranges::any_of(suffixes, [&](auto suffix) { return text.ends_with(suffix); });
}

Map load_named(const std::string &name)
{
	const auto file = Map::file_named(name);

	if (file.empty())
		throw NameError(
			formatted("'{}' is neither a device nor a map: there is no {}.toml, "
				  ".svd or .json in {}; 'pcipeek map which DEVICE' shows the "
				  "maps of a device",
				  name, name, folder_names(", ")));
	return Map::load(file);
}

} // namespace

std::string folder_names(std::string_view last)
{
	std::vector<std::string> names;

	for (const auto &folder : Map::folders())
		names.push_back(folder.string());
	return join(names, last);
}

std::vector<Map> find_maps(const std::string &text)
{
	if (is_file(text))
		return {Map::load(text)};
	if (text.find(':') == std::string::npos)
		return {load_named(text)};
	const Device device = find_device(parse_device(text));
	auto maps = maps_of(device);
	if (maps.front().registers().empty() && maps.back().registers().empty())
		refuse_without_map(device);
	return maps;
}

std::vector<Map> maps_of(const Device &device, const std::string &file)
{
	return {file.empty() ? Map::of(device) : Map::load(file), Map::of_config_space()};
}

void refuse_without_map(const Device &device)
{
	throw NameError(
		formatted("there is no register map for {}: none of {} (.toml, .svd, .json) "
			  "is in {}; write one there, or name a file with --map",
			  to_string(device.address()), join(Map::names_for(device), ", "),
			  folder_names(", ")));
}

} // namespace pcipeek::tools
