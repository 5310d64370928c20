// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include <pcipeek/register_map.hpp>

#include <string>

namespace pcipeek::tools::header {

/* pcipeek::typed::Traits{...} of a register at that offset from its block. */
std::string traits(const map::RegisterType &type, std::uint64_t offset);

/* The fields of the struct @name, and the names of their values, indented by @depth tabs. */
std::string fields(const map::RegisterType &type, const std::string &name, std::size_t depth);

} // namespace pcipeek::tools::header
