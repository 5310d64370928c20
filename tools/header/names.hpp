// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace pcipeek::tools::header {

/*
 * @name as it stands in C++: a keyword, a name of the library's own types and a macro of the C library
 * get an underscore behind them.
 */
std::string identifier(std::string_view name);

/* "QEMU edu" as a namespace: qemu_edu. Throws UsageError if nothing becomes of it. */
std::string namespace_for(const std::string &map_name);

/* Throws UsageError unless C++ takes @text as the name of a namespace: "edu", "boards::edu". */
void check_namespace(const std::string &text);

/* The names in one struct or namespace of the header, each of them once. */
class Scope {
public:
	/* @owner is the struct itself, whose name its members cannot have; may be empty. */
	explicit Scope(std::string owner = "");

	/* Whether a name of the map is free here. */
	bool has_room_for(std::string_view name) const;

	/* The identifier of a name of the map. Throws MapError if another one has become it. */
	std::string add(const std::string &name);

private:
	std::string here(std::string_view name) const;

	std::string owner_;
	std::map<std::string, std::string> names_;
};

} // namespace pcipeek::tools::header
