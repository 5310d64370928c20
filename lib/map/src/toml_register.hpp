// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include "toml_field.hpp"

#include <map>

namespace pcipeek::map {

/** What a file, a block or a register hands down to what is in it. */
struct Defaults {
	unsigned width = 32;
	Behaviour behaviour = {};

	/** With the keys `width` and `access` of a table. */
	Defaults with(const Keys &keys) const;
};

/** The types of the registers of a file: each table is read once, however often it stands. */
class RegisterTypes {
public:
	RegisterTypes(const TomlFile &file, const NamedLists &lists);

	/** The type that the keys of the table say. Throws MapError. */
	std::shared_ptr<const RegisterType> type_of(const Keys &keys, const toml::table &table,
						    const Defaults &defaults);

	/** The keys of a register, with those of the one beside it that it is like. */
	Keys keys_of(const Entry &entry, const toml::table &siblings) const;

private:
	const TomlFile &file_;
	const NamedLists &lists_;
	std::map<std::pair<const toml::table *, unsigned>, std::shared_ptr<const RegisterType>>
		types_;
};

} // namespace pcipeek::map
