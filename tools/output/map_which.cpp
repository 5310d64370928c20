// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "output/map_which.hpp"

#include "format.hpp"

#include <pcipeek/map.hpp>

#include <algorithm>
#include <nlohmann/json.hpp>

namespace pcipeek::tools {

namespace {

using nlohmann::ordered_json;

/* That of configuration space comes last, as everywhere. */
std::vector<std::string> names_of(const Device &device)
{
	auto names = Map::names_for(device);

	names.emplace_back("config");
	return names;
}

std::string format_folder(const std::filesystem::path &folder)
{
	std::error_code ignored;

	return formatted("  {}{}\n", folder.string(),
			 std::filesystem::is_directory(folder, ignored) ? "" : "  (not there)");
}

} // namespace

std::string format_which(const Device &device)
{
	std::string text;
	std::size_t width = 0;
	const auto names = names_of(device);

	for (const auto &name : names)
		width = std::max(width, name.size());
	for (const auto &name : names) {
		const auto file = Map::file_named(name).string();
		text += formatted("{:<{}}  {}\n", name, width, file.empty() ? "-" : file);
	}
	text += "\nlooked for in, the first one that has it:\n";
	for (const auto &folder : Map::folders())
		text += format_folder(folder);
	return text;
}

std::string which_json(const Device &device)
{
	constexpr int indent = 2;
	auto names = ordered_json::array();
	auto folders = ordered_json::array();

	for (const auto &name : names_of(device)) {
		const auto file = Map::file_named(name).string();
		names.push_back(
			{{"name", name},
			 {"file", file.empty() ? ordered_json(nullptr) : ordered_json(file)}});
	}
	for (const auto &folder : Map::folders())
		folders.push_back(folder.string());
	const ordered_json json{{"maps", names}, {"folders", folders}};
	return json.dump(indent, ' ', false, ordered_json::error_handler_t::replace) + '\n';
}

} // namespace pcipeek::tools
