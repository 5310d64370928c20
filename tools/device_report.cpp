// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "device_report.hpp"

#include <pcipeek/enumerate.hpp>
#include <pcipeek/error.hpp>

namespace pcipeek::tools {

namespace {

std::vector<Device> find_same_irq(const Device &device)
{
	const auto irq = device.irq();
	auto devices = irq ? lspci() : std::vector<Device>();

	std::erase_if(devices, [&](const Device &other) {
		return other.address() == device.address() || other.irq() != irq;
	});
	return devices;
}

} // namespace

DeviceReport make_report(const Device &device)
{
	DeviceReport report{device, device.driver() == "pcipeek", std::nullopt, "",
			    find_same_irq(device)};

	try {
		report.state = device.state();
	} catch (const Error &error) {
		report.state_error = error.what();
	}
	return report;
}

} // namespace pcipeek::tools
