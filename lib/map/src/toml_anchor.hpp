// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include "toml_keys.hpp"

#include <pcipeek/register_map.hpp>

namespace pcipeek::map {

/** Where a block is: `capability`, `extended_capability`, `virtio`, `base`. Throws MapError. */
Anchor anchor_of(const Keys &keys, const Block &region);

/** The key `header`: 0 or 1. Throws MapError. */
std::optional<unsigned> header_of(const Keys &keys, const Block &region);

/** These keys have no meaning inside another block. Throws MapError. */
void refuse_anchor(const Keys &keys);

} // namespace pcipeek::map
