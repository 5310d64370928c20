// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "naming/rules.hpp"

#include "errors.hpp"
#include "format.hpp"
#include "naming/described.hpp"

namespace pcipeek::tools {

namespace {

[[noreturn]] void refuse(const Location &location, std::string_view argument, std::string_view why)
{
	throw UsageError(formatted("'{}': the map says that {} {}; a region and an offset ignore "
				   "the map",
				   argument, location.name, why));
}

/* A field has its own; other bits have that of their register. */
map::Access access_of(const Location &location)
{
	const auto &described = *location.described;

	return described.field ? described.field->access : described.reg->type->access;
}

} // namespace

void require_bus_width(const Location &location, std::string_view argument)
{
	const auto &type = *location.described->reg->type;

	if (!type.is_accessible())
		refuse(location, argument,
		       formatted("has {} bits, and accesses have 8, 16, 32 or 64", type.bits));
}

void require_readable(const Location &location, std::string_view argument)
{
	const auto access = access_of(location);

	if (access == map::Access::write_only)
		refuse(location, argument, "is write-only");
	if (access == map::Access::none)
		refuse(location, argument, "cannot be read");
	if (location.described->reg->type->access == map::Access::write_only)
		refuse(location, argument, "is in a write-only register");
}

void require_writable(const Location &location, std::string_view argument)
{
	const auto access = access_of(location);

	if (access == map::Access::read_only)
		refuse(location, argument, "is read-only");
	if (access == map::Access::none)
		refuse(location, argument, "cannot be written");
}

void require_readable_neighbours(const Location &location, std::string_view argument)
{
	if (location.described->reg->type->access == map::Access::write_only)
		refuse(location, argument,
		       "is in a write-only register, so that its other bits cannot be kept; write "
		       "all "
		       "of the register");
}

} // namespace pcipeek::tools
