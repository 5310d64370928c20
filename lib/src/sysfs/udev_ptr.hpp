// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include <libudev.h>

#include <memory>

namespace pcipeek::detail {

// Owners for what libudev hands out: each is freed by its own unref function.
template <auto unref>
struct UdevDeleter {
	template <class T>
	void operator()(T *object) const noexcept
	{
		unref(object);
	}
};

using UdevPtr = std::unique_ptr<udev, UdevDeleter<udev_unref>>;
using UdevDevicePtr = std::unique_ptr<udev_device, UdevDeleter<udev_device_unref>>;
using UdevEnumeratePtr = std::unique_ptr<udev_enumerate, UdevDeleter<udev_enumerate_unref>>;
using UdevHwdbPtr = std::unique_ptr<udev_hwdb, UdevDeleter<udev_hwdb_unref>>;
using UdevMonitorPtr = std::unique_ptr<udev_monitor, UdevDeleter<udev_monitor_unref>>;

} // namespace pcipeek::detail
