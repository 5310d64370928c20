// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "device_report.hpp"

#include <pcipeek/error.hpp>

namespace pcipeek::tools {

DeviceReport make_report(const Device &device)
{
	DeviceReport report{device, device.driver() == "pcipeek", std::nullopt, ""};

	try {
		report.state = device.state();
	} catch (const Error &error) {
		report.state_error = error.what();
	}
	return report;
}

} // namespace pcipeek::tools
