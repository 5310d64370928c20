// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include <libudev.h>

#include <memory>

namespace pcipeek::detail {

/**
 * The functions of libudev that this library calls, by their own names. Only names and
 * events need libudev, so it is loaded when the first of them is asked for: loading it
 * costs as many instructions as all else that reading a register takes.
 */
struct Udev {
	/** Loaded once. Throws Error if there is no libudev, or one that is too old. */
	static const Udev &get();

	/** Null where get() would throw. */
	static const Udev *find() noexcept;

	decltype(&::udev_new) udev_new;
	decltype(&::udev_unref) udev_unref;
	decltype(&::udev_hwdb_new) udev_hwdb_new;
	decltype(&::udev_hwdb_unref) udev_hwdb_unref;
	decltype(&::udev_hwdb_get_properties_list_entry) udev_hwdb_get_properties_list_entry;
	decltype(&::udev_list_entry_get_by_name) udev_list_entry_get_by_name;
	decltype(&::udev_list_entry_get_value) udev_list_entry_get_value;
	decltype(&::udev_monitor_new_from_netlink) udev_monitor_new_from_netlink;
	decltype(&::udev_monitor_unref) udev_monitor_unref;
	decltype(&::udev_monitor_filter_add_match_subsystem_devtype)
		udev_monitor_filter_add_match_subsystem_devtype;
	decltype(&::udev_monitor_enable_receiving) udev_monitor_enable_receiving;
	decltype(&::udev_monitor_get_fd) udev_monitor_get_fd;
	decltype(&::udev_monitor_receive_device) udev_monitor_receive_device;
	decltype(&::udev_device_unref) udev_device_unref;
	decltype(&::udev_device_get_action) udev_device_get_action;
	decltype(&::udev_device_get_property_value) udev_device_get_property_value;
};

/** Owners for what libudev hands out: each is freed by its own unref function. */
template <auto unref>
struct UdevDeleter {
	template <class T>
	void operator()(T *object) const noexcept
	{
		if (const Udev *library = Udev::find())
			(library->*unref)(object);
	}
};

using UdevPtr = std::unique_ptr<udev, UdevDeleter<&Udev::udev_unref>>;
using UdevDevicePtr = std::unique_ptr<udev_device, UdevDeleter<&Udev::udev_device_unref>>;
using UdevHwdbPtr = std::unique_ptr<udev_hwdb, UdevDeleter<&Udev::udev_hwdb_unref>>;
using UdevMonitorPtr = std::unique_ptr<udev_monitor, UdevDeleter<&Udev::udev_monitor_unref>>;

} // namespace pcipeek::detail
