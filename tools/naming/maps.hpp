// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include <pcipeek/device.hpp>
#include <pcipeek/map.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace pcipeek::tools {

/* The maps of a device. A file is read when a name is first looked for in it. */
class Maps {
public:
	/* What the device says applies to it, or, unless that is empty, one file instead. */
	Maps(const Device &device, std::string file);

	struct Found {
		Map map;
		const map::Register *reg = nullptr;
	};

	/*
	 * A register by its name. Those of the device come before those that all devices
	 * have in configuration space. @argument is what is quoted if there is none.
	 *
	 * Throws NameError, and MapError for a file that cannot be used.
	 */
	Found find(std::string_view name, std::string_view argument);

	/* The registers of all devices, or those of the file. */
	const Map &config_space();

private:
	const map::Register *find_in_config_space(std::string_view name);
	const Map &own();
	bool has_own_file() const;
	[[noreturn]] void refuse(std::string_view name, std::string_view argument);

	Device device_;
	std::string file_;
	std::optional<Map> own_;
	std::optional<Map> config_space_;
};

} // namespace pcipeek::tools
