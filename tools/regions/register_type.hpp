// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include <pcipeek/width.hpp>

#include <cstdint>

namespace pcipeek::tools {

/*
 * From a width that was typed to the type that the library's templates take: calls
 * action.operator()<T>().
 */
template <class Action>
void with_register_type(Width width, Action action)
{
	switch (width) {
	case Width::w8:
		return action.template operator()<std::uint8_t>();
	case Width::w16:
		return action.template operator()<std::uint16_t>();
	case Width::w32:
		return action.template operator()<std::uint32_t>();
	case Width::w64:
		return action.template operator()<std::uint64_t>();
	}
}

} // namespace pcipeek::tools
