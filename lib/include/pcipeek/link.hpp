// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include <pcipeek/device.hpp>
#include <pcipeek/export.hpp>

#include <optional>
#include <string>

namespace pcipeek {

/** @brief How fast the PCI Express link of a device is. */
struct Link {
	/** "8.0 GT/s"; empty if the kernel does not know it: the link may be down. */
	std::string speed = {};
	/** In lanes; 0 if the kernel does not know it. */
	unsigned width = 0;
	/** What the device is capable of. */
	std::string max_speed = {};
	unsigned max_width = 0;

	bool operator==(const Link &) const = default;
};

/**
 * @brief The link of a device as sysfs reports it now; all users may ask.
 *
 * @return nullopt for a device without one: conventional PCI, or integrated into the root
 * complex. May be called from any thread.
 */
PCIPEEK_API std::optional<Link> find_link(const Device &device);

/** @brief The number of its IOMMU group; nullopt without an IOMMU. */
PCIPEEK_API std::optional<unsigned> iommu_group(const Device &device);

} // namespace pcipeek
