// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include <pcipeek/config.hpp>
#include <pcipeek/device.hpp>

#include <exception>
#include <optional>
#include <string>
#include <vector>

namespace pcipeek::tools {

/* What `pcipeek config` shows of a device. */
struct ConfigReport {
	ConfigHeader header;
	std::optional<std::vector<Capability>> capabilities;
	std::string capabilities_error; /* why they are not there */
	std::exception_ptr failure; /* the same, unless the caller just may not see them */
};

/*
 * Reads the header, and the capabilities. Throws Error if there is no header. If only the
 * list breaks off, the report says so, and has the failure for the caller to throw.
 */
ConfigReport make_config_report(const Device &device);

/* "CAP_MSI", "ECAP_AER"; "CAP7f" if the capability has no name. */
std::string name_of(const Capability &capability);

} // namespace pcipeek::tools
