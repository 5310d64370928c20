// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "modalias.hpp"

#include "format.hpp"

#include <cstdio>

namespace pcipeek::detail {

std::string modalias(const Identity &identity)
{
	return formatted("pci:v{:08X}d{:08X}sv{:08X}sd{:08X}bc{:02X}sc{:02X}i{:02X}",
			 identity.vendor_id, identity.device_id, identity.subsystem_vendor_id,
			 identity.subsystem_id, identity.class_code >> 16,
			 identity.class_code >> 8 & 0xff, identity.class_code & 0xff);
}

bool take_modalias(const std::string &text, Identity &identity)
{
	unsigned vendor = 0;
	unsigned device = 0;
	unsigned subsystem_vendor = 0;
	unsigned subsystem = 0;
	unsigned base = 0;
	unsigned sub = 0;
	unsigned interface = 0;

	if (std::sscanf(text.c_str(), "pci:v%8xd%8xsv%8xsd%8xbc%2xsc%2xi%2x", &vendor, &device,
			&subsystem_vendor, &subsystem, &base, &sub, &interface) != 7)
		return false;
	identity.vendor_id = static_cast<std::uint16_t>(vendor);
	identity.device_id = static_cast<std::uint16_t>(device);
	identity.subsystem_vendor_id = static_cast<std::uint16_t>(subsystem_vendor);
	identity.subsystem_id = static_cast<std::uint16_t>(subsystem);
	identity.class_code = base << 16 | sub << 8 | interface;
	return true;
}

} // namespace pcipeek::detail
