// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "output/device_report.hpp"

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

std::map<unsigned, std::string> find_obstacles(const Device &device)
{
	std::map<unsigned, std::string> obstacles;

	for (const auto &bar : device.bars())
		if (const auto obstacle = find_obstacle(bar))
			obstacles[bar.index()] = obstacle->text;
	return obstacles;
}

} // namespace

DeviceReport make_report(const Device &device)
{
	DeviceReport report{device,
			    device.driver() == "pcipeek",
			    std::nullopt,
			    "",
			    find_same_irq(device),
			    {},
			    find_link(device),
			    iommu_group(device)};

	try {
		report.state = device.state();
		if (report.state->life == Life::live)
			report.obstacles = find_obstacles(device);
	} catch (const Error &error) {
		report.state_error = error.what();
	}
	return report;
}

} // namespace pcipeek::tools
