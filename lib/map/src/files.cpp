// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include <pcipeek/map.hpp>

#include "format.hpp"

#include <array>
#include <cstdlib>

namespace pcipeek {

namespace {

namespace fs = std::filesystem;

constexpr std::array suffixes{".toml", ".svd", ".json"};

std::string variable(const char *name)
{
	const char *value = ::secure_getenv(name);
	return value ? value : "";
}

void add_listed(const std::string &list, std::vector<fs::path> &folders)
{
	for (std::size_t start = 0; start < list.size();) {
		const std::size_t end = std::min(list.find(':', start), list.size());
		if (end > start)
			folders.emplace_back(list.substr(start, end - start));
		start = end + 1;
	}
}

// The XDG base directory specification: /root/.config unless it is set, and absolute.
fs::path user_folder()
{
	const fs::path config = variable("XDG_CONFIG_HOME");
	if (config.is_absolute())
		return config / "pcipeek/maps";
	const std::string home = variable("HOME");
	return home.empty() ? fs::path{} : fs::path{home} / ".config/pcipeek/maps";
}

} // namespace

std::vector<fs::path> Map::folders()
{
	std::vector<fs::path> folders;
	add_listed(variable("PCIPEEK_MAPS"), folders);
	if (fs::path own = user_folder(); !own.empty())
		folders.push_back(std::move(own));
	folders.emplace_back("/etc/pcipeek/maps");
	folders.emplace_back(PCIPEEK_MAPS_INSTALLED);
	return folders;
}

fs::path Map::file_named(const std::string &name)
{
	std::error_code ignored;
	for (const fs::path &folder : folders())
		for (const char *suffix : suffixes)
			if (fs::path file = folder / (name + suffix); fs::exists(file, ignored))
				return file;
	return {};
}

std::vector<std::string> Map::names_for(const Device &device)
{
	const auto vendor = device.vendor_id();
	const auto id = device.device_id();
	const auto class_code = device.class_code();
	return {formatted("{:04x}-{:04x}-{:04x}-{:04x}", vendor, id, device.subsystem_vendor_id(),
			  device.subsystem_id()),
		formatted("{:04x}-{:04x}", vendor, id), formatted("class-{:06x}", class_code),
		formatted("class-{:04x}", class_code >> 8)};
}

std::vector<fs::path> Map::files_for(const Device &device)
{
	std::vector<fs::path> files;
	for (const std::string &name : names_for(device))
		if (fs::path file = file_named(name); !file.empty())
			files.push_back(std::move(file));
	return files;
}

Map Map::of(const Device &device)
{
	Map map;
	for (const fs::path &file : files_for(device))
		map = map.registers().empty() ? load(file) : map.merged_with(load(file));
	return map;
}

Map Map::of_config_space()
{
	const fs::path file = file_named("config");
	return file.empty() ? Map{} : load(file);
}

} // namespace pcipeek
