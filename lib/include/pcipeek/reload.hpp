// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include <pcipeek/device.hpp>
#include <pcipeek/export.hpp>

#include <chrono>

namespace pcipeek {

/** @brief How reload() works. */
struct ReloadOptions {
	/** Reload the device even if a driver other than pcipeek has it. Its users lose it. */
	bool force = false;
	/** How long to wait for the device to come back; 0 looks once. */
	std::chrono::milliseconds timeout{10'000};
};

/** @brief What reload() left. */
struct Reloaded {
	/** The device as it is now. Its BARs may differ from those before. */
	Device device;
	/** It is granted: bound to pcipeek again, since it was before. */
	bool bound = false;
};

/**
 * @brief Makes the kernel forget a function and find it again, as if it were plugged in.
 *
 * This gives new addresses to a board that lost them: after a bus reset or an FPGA
 * reload behind the kernel's back, its BAR registers no longer hold what the kernel
 * assigned. It writes 1 to the function's file "remove", and then to the file "rescan"
 * of the bridge above it (/sys/bus/pci/rescan if there is none), until the function is
 * back (Documentation/ABI/testing/sysfs-bus-pci in the kernel). Needs root.
 *
 * Only this function is removed; the others of its board stay. Every open file of it
 * ends for all users, as on removal. The handle passed in ends as well: use the one returned.
 *
 * If the device was bound to pcipeek, it is bound again, even if its own driver took it
 * in the meantime. Its driver_override is restored. All other settings that its sysfs
 * directory had start afresh.
 *
 * May be called from any thread.
 *
 * @throws Error EACCES, Cause::needs_root; EBUSY, Cause::driver_bound: another driver has
 * the device, and force is not set, or its virtual functions are enabled; EOPNOTSUPP,
 * Cause::unsupported: a bridge, a virtual function or a fake board; ENODEV, Cause::gone:
 * there is no such device. Nothing is changed then.
 *
 * After the removal: ETIMEDOUT, Cause::timed_out: it did not come back in time; ENODEV,
 * Cause::gone: another device (vendor or device id) came back in its place, and was not
 * bound; and what bind() throws.
 */
PCIPEEK_API Reloaded reload(const Device &device, const ReloadOptions &options = {});

} // namespace pcipeek
