// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include "svd_element.hpp"

#include <pcipeek/register_map.hpp>

#include <optional>

namespace pcipeek::map::svd {

/** The element <access>. */
struct Rights {
	Access access = Access::read_write;
	bool write_once = false;
};

/** nullopt where the element says nothing; throws MapError if it says something else. */
std::optional<Rights> rights_of(Document &document, const Element &element);
std::optional<ReadEffect> read_effect_of(Document &document, const Element &element);
std::optional<WriteEffect> write_effect_of(Document &document, const Element &element);

} // namespace pcipeek::map::svd
