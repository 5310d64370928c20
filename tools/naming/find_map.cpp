// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "registers/find_map.hpp"

#include "find_device.hpp"
#include "format.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace pcipeek::tools {

namespace {

std::string joined(const std::vector<std::string> &words)
{
	std::string text;

	for (const auto &word : words)
		text += (text.empty() ? "" : ", ") + word;
	return text;
}

std::string folders()
{
	std::vector<std::string> names;

	for (const auto &folder : Map::folders())
		names.push_back(folder.string());
	return joined(names);
}

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
				  name, name, folders()));
	return Map::load(file);
}

} // namespace

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
			  to_string(device.address()), joined(Map::names_for(device)), folders()));
}

} // namespace pcipeek::tools
