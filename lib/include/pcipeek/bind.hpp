// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include <pcipeek/device.hpp>
#include <pcipeek/export.hpp>

namespace pcipeek {

/** @brief How bind() grants a device. */
struct BindOptions {
	/** Take it away from the driver that has it. That driver's users lose it. */
	bool force = false;
	/**
	 * Bind it although its interrupt pin cannot be masked: adds it to the module
	 * parameter unmaskable_interrupt, where it stays until the module is unloaded. Its
	 * users can then make the kernel disable the interrupt line for every device on it.
	 * Changes nothing for devices that can mask theirs.
	 */
	bool unmaskable_interrupt = false;
};

/**
 * @brief Grants a device: binds it to the driver "pcipeek".
 *
 * This is a grant: from now on everybody who may open /dev/pcipeek, or the node that
 * the device then has of its own, may read and write the device. The grant ends with unbind(), when the device is removed (unplugged,
 * or through its sysfs file "remove"; a rescan does not restore the grant), when the module
 * is unloaded, and when the machine restarts. A reset through sysfs does not end it. The
 * module enables the device, keeps it awake and clears its bus
 * mastering. Needs root, and the module.
 *
 * Uses the kernel's driver_override, and clears it again on every path, so that
 * the device's own driver is not locked out. A driver_override that somebody else
 * had set is an error, and stays. Does nothing if the device is granted already.
 *
 * If it fails after it took the device from another driver, that driver gets it
 * back, if it will have it.
 *
 * May be called from any thread. Foreign attachments to the device end.
 *
 * @throws Error EBUSY, Cause::driver_bound: another driver has it, and force was not
 * said; ENOENT, Cause::no_module; EACCES, Cause::needs_root; EOPNOTSUPP,
 * Cause::unsupported: bridges, devices whose interrupt cannot be masked, and what else
 * the module refuses; EADDRNOTAVAIL, Cause::unsupported: a BAR without an address is in
 * the way of the others; ENODEV, Cause::gone.
 */
PCIPEEK_API void bind(const Device &device, const BindOptions &options = {});

/**
 * @brief Takes a device back: unbinds it from the driver "pcipeek".
 *
 * All attachments to it end, for all users. The device has no driver afterwards; its
 * own driver takes it at the next `modprobe` of it, or when it is asked to
 * (/sys/bus/pci/drivers_probe).
 *
 * May be called from any thread.
 *
 * @throws Error EINVAL, Cause::not_granted: it is not granted (it has another driver, or
 * none; nothing is touched); EACCES, Cause::needs_root; ENODEV, Cause::gone.
 */
PCIPEEK_API void unbind(const Device &device);

} // namespace pcipeek
