// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "access_checks.hpp"

#include "format.hpp"

#include <pcipeek/error.hpp>

#include <cerrno>

namespace pcipeek::map {

void refuse(const Device &device, const Register &reg, std::string_view why)
{
	throw Error({.code = EOPNOTSUPP,
		     .cause = Cause::unsupported,
		     .text = formatted("{}: {}", reg.name, why),
		     .address = device.address()});
}

void check_readable(const Device &device, const Register &reg)
{
	if (reg.type->access == Access::write_only)
		refuse(device, reg, "it is write-only");
	if (reg.type->access == Access::none)
		refuse(device, reg, "the map says that it cannot be read");
	if (!reg.type->is_accessible())
		refuse(device, reg, formatted("no bus access has {} bits", reg.type->bits));
}

void check_writable(const Device &device, const Register &reg)
{
	if (reg.type->access == Access::read_only)
		refuse(device, reg, "it is read-only");
	if (reg.type->access == Access::none)
		refuse(device, reg, "the map says that it cannot be written");
	if (!reg.type->is_accessible())
		refuse(device, reg, formatted("no bus access has {} bits", reg.type->bits));
}

void fail_invalid(const Device &device, const std::string &text)
{
	throw Error({.code = EINVAL,
		     .cause = Cause::invalid,
		     .text = text,
		     .address = device.address()});
}

void check_fits(const Device &device, const Register &reg, std::uint64_t value)
{
	if (reg.type->bits < 64 && value >> reg.type->bits != 0)
		fail_invalid(device, formatted("{}: 0x{:x} does not fit its {} bits", reg.name,
					       value, reg.type->bits));
}

} // namespace pcipeek::map
