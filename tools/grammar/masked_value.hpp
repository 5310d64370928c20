// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include "grammar/location.hpp"

#include <pcipeek/masked.hpp>

#include <cstdint>
#include <optional>
#include <string>

namespace pcipeek::tools {

/*
 * VALUE[:MASK], as it stands behind a location
 *
 * Both fit the width of the location (or its bit field); a value with bits outside
 * its mask is refused. Of a register that is still to be found, which may have names for
 * its values, only the text is kept.
 */
struct MaskedValue {
	std::uint64_t value = 0;
	std::optional<std::uint64_t> mask;
	std::string argument; /* all of it, if the value is still to be read */
	std::size_t position = 0; /* where in it the value begins */

	/* The part of the argument that is still to be read. */
	std::string_view unread() const;

	/*
	 * The same in the place where the bits are in the whole register. The mask is
	 * all bits of the width if neither a mask nor a bit field was written.
	 */
	Masked in_register(const Location &location) const;
};

/* Reads it and stops behind it. Throws UsageError. */
MaskedValue take_masked_value(Scanner &in, const Location &location);

} // namespace pcipeek::tools
