// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include <pcipeek/device.hpp>
#include <pcipeek/link.hpp>
#include <pcipeek/obstacle.hpp>
#include <pcipeek/state.hpp>

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace pcipeek::tools {

/* Everything that `pcipeek info` shows: what sysfs and what the module say. */
struct DeviceReport {
	Device device;
	bool granted; /* bound to pcipeek */
	std::optional<DeviceState> state; /* what the module says of it */
	std::string state_error; /* why there is no state */
	std::vector<Device> same_irq; /* the other devices with the same interrupt line */
	std::map<unsigned, std::string> obstacles; /* BARs that cannot be reached, and why */
	std::optional<Link> link = {};
	std::optional<unsigned> iommu_group = {};
};

/* Asks. Opens the device for reading, if that is possible; touches no BAR. */
DeviceReport make_report(const Device &device);

} // namespace pcipeek::tools
