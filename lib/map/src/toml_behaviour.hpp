// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include "toml_keys.hpp"

#include <pcipeek/register_map.hpp>

namespace pcipeek::map {

/** The keys `access`, `read` and `write`, which registers and fields have. */
struct Behaviour {
	Access access = Access::read_write;
	ReadEffect read_effect = ReadEffect::none;
	WriteEffect write_effect = WriteEffect::plain;
	bool write_once = false;
};

/** What the table says; what it does not say is as in @p otherwise. Throws MapError. */
Behaviour behaviour_of(const Keys &keys, const Behaviour &otherwise);

} // namespace pcipeek::map
