// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include "toml_behaviour.hpp"

#include <map>
#include <memory>
#include <vector>

namespace pcipeek::map {

/** The enumerations of a file by their names: [values.SPEED]. */
using NamedLists =
	std::map<std::string, std::shared_ptr<const std::vector<NamedValue>>, std::less<>>;

/** All of them. Throws MapError. */
NamedLists read_value_lists(const Keys &top);

/** The fields of a register; @p behaviour is the register's. Throws MapError. */
std::vector<Field> read_fields(const Keys &of_register, const Behaviour &behaviour,
			       const NamedLists &lists);

} // namespace pcipeek::map
