// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "naming/maps.hpp"

#include "format.hpp"
#include "naming/find_map.hpp"
#include "naming/nearest.hpp"

#include <pcipeek/config_register.hpp>
#include <pcipeek/error.hpp>

#include <algorithm>
#include <cctype>

namespace pcipeek::tools {

namespace {

constexpr std::string_view config_prefix = "config.";

bool is_in_config_only(std::string_view name)
{
	return name.starts_with(config_prefix);
}

std::string_view without_config(std::string_view name)
{
	return is_in_config_only(name) ? name.substr(config_prefix.size()) : name;
}

/* "EXP.LNKSTA" is no end of "CAP_EXP.LNKSTA", but "LNKSTA" is. Case does not count. */
bool ends_with_name(std::string_view whole, std::string_view name)
{
	if (whole.size() <= name.size() || whole[whole.size() - name.size() - 1] != '.')
		return false;
	return std::ranges::equal(whole.substr(whole.size() - name.size()), name,
				  [](unsigned char a, unsigned char b) {
					  return std::tolower(a) == std::tolower(b);
				  });
}

/* Whether the device has the capability that the block is in. */
bool is_present(const Device &device, const Map &map, const map::Block &block)
{
	const auto kind = block.anchor.kind;

	if (kind != map::Anchor::Kind::capability && kind != map::Anchor::Kind::extended_capability)
		return true;
	try {
		map::place(device, map, block);
	} catch (const Error &error) {
		return error.cause() != Cause::absent;
	}
	return true;
}

/* The one of several whose capability the device has. */
const map::Register *find_present(const Device &device, const Map &map, std::string_view name)
{
	const map::Register *found = nullptr;

	for (const auto &reg : map.registers()) {
		if (!ends_with_name(reg.name, without_config(name)) ||
		    !is_present(device, map, *reg.block))
			continue;
		if (found)
			return nullptr;
		found = &reg;
	}
	return found;
}

/* A name that stands for several registers of this device is the user's to mend. */
const map::Register *find_in(const Device &device, const Map &map, std::string_view name)
{
	try {
		return map.find(name);
	} catch (const NameError &) {
		if (const auto *reg = find_present(device, map, name))
			return reg;
		throw;
	}
}

std::string file_names(const Device &device)
{
	std::vector<std::string> names;

	for (const auto &name : Map::names_for(device))
		names.push_back(name + ".toml");
	return join(names, " or ");
}

std::vector<std::string> nearest_of_setpci(std::string_view name)
{
	std::vector<std::string> names;

	for (const auto &reg : config_registers())
		names.emplace_back(reg.name);
	return map::nearest(name, names);
}

} // namespace

Maps::Maps(const Device &device, std::string file) : device_(device), file_(std::move(file))
{
}

const Map &Maps::own()
{
	if (!own_)
		own_ = file_.empty() ? Map::of(device_) : Map::load(file_);
	return *own_;
}

const Map &Maps::config_space()
{
	if (!file_.empty())
		return own();
	if (!config_space_)
		config_space_ = Map::of_config_space();
	return *config_space_;
}

Maps::Found Maps::find(std::string_view name, std::string_view argument)
{
	if (const auto *reg = find_in(device_, own(), name))
		return {own(), reg};
	if (const auto *reg = find_in_config_space(name))
		return {config_space(), reg};
	refuse(name, argument);
}

/* Without a map of the device, that there is none matters more than what the name could be. */
const map::Register *Maps::find_in_config_space(std::string_view name)
{
	try {
		return find_in(device_, config_space(), name);
	} catch (const NameError &) {
		if (is_in_config_only(name) || has_own_file())
			throw;
	}
	return nullptr;
}

bool Maps::has_own_file() const
{
	return !file_.empty() || !Map::files_for(device_).empty();
}

void Maps::refuse(std::string_view name, std::string_view argument)
{
	const bool only_config = is_in_config_only(name);
	const auto shown = without_config(name);

	if (!only_config && !has_own_file())
		throw NameError(formatted("'{}': '{}' is not a region, and no register map applies "
					  "to {}; put {} into one of {}, or name a file with --map",
					  argument, name, to_string(device_.address()),
					  file_names(device_), folder_names(" and ")));
	auto near = only_config ? nearest_of_setpci(shown) : std::vector<std::string>();
	if (near.empty())
		near = own().nearest(name);
	if (near.empty())
		near = config_space().nearest(name);
	std::erase(near, shown);
	throw NameError(formatted(
		"'{}': '{}' is not a register {}{}", argument, shown,
		only_config ? "of configuration space that setpci(8) or a map knows" : "of the map",
		did_you_mean(near)));
}

} // namespace pcipeek::tools
