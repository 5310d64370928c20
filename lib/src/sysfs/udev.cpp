// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "sysfs/udev.hpp"

#include <pcipeek/error.hpp>

#include <cerrno>
#include <dlfcn.h>

namespace pcipeek::detail {
namespace {

// It is never unloaded: its objects may live as long as the program.
class Loader {
public:
	Loader() : handle_{::dlopen("libudev.so.1", RTLD_NOW | RTLD_LOCAL)}
	{
		take(library_.udev_new, "udev_new");
		take(library_.udev_unref, "udev_unref");
		take(library_.udev_hwdb_new, "udev_hwdb_new");
		take(library_.udev_hwdb_unref, "udev_hwdb_unref");
		take(library_.udev_hwdb_get_properties_list_entry,
		     "udev_hwdb_get_properties_list_entry");
		take(library_.udev_list_entry_get_by_name, "udev_list_entry_get_by_name");
		take(library_.udev_list_entry_get_value, "udev_list_entry_get_value");
		take(library_.udev_monitor_new_from_netlink, "udev_monitor_new_from_netlink");
		take(library_.udev_monitor_unref, "udev_monitor_unref");
		take(library_.udev_monitor_filter_add_match_subsystem_devtype,
		     "udev_monitor_filter_add_match_subsystem_devtype");
		take(library_.udev_monitor_enable_receiving, "udev_monitor_enable_receiving");
		take(library_.udev_monitor_get_fd, "udev_monitor_get_fd");
		take(library_.udev_monitor_receive_device, "udev_monitor_receive_device");
		take(library_.udev_device_unref, "udev_device_unref");
		take(library_.udev_device_get_action, "udev_device_get_action");
		take(library_.udev_device_get_property_value, "udev_device_get_property_value");
	}

	// What is missing; null if nothing is.
	const char *missing() const noexcept
	{
		return handle_ ? missing_ : "libudev.so.1";
	}

	const Udev &library() const noexcept
	{
		return library_;
	}

private:
	template <class Function>
	void take(Function &function, const char *name)
	{
		void *symbol = handle_ ? ::dlsym(handle_, name) : nullptr;
		function = reinterpret_cast<Function>(symbol);
		if (!symbol)
			missing_ = name;
	}

	void *handle_;
	const char *missing_ = nullptr;
	Udev library_{};
};

const Loader &loader()
{
	static const Loader loaded;
	return loaded;
}

} // namespace

const Udev &Udev::get()
{
	if (const char *missing = loader().missing())
		throw Error{{.code = ENOENT,
			     .text = std::string{"cannot use libudev: there is no "} + missing +
				     "; install libudev1, or a newer one"}};
	return loader().library();
}

const Udev *Udev::find() noexcept
{
	return loader().missing() ? nullptr : &loader().library();
}

} // namespace pcipeek::detail
