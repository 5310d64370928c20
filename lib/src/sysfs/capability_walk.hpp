// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include "sysfs/config_file.hpp"

#include <functional>

namespace pcipeek::detail {

/** What a walk does after an entry. */
enum class Visit : std::uint8_t {
	next,
	stop
};

using Visitor = std::function<Visit(const Capability &)>;

/**
 * Walks a list in the device's order. Each entry is visited at most once: a list that
 * leads back to itself, or to where none can be, is an Error.
 */
void walk_capabilities(const Config::File &file, const Visitor &visit);
void walk_extended_capabilities(const Config::File &file, const Visitor &visit);

} // namespace pcipeek::detail
