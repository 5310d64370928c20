// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
//
// libudev, loaded at the first call of it: what names its device needs none, and to load
// it takes as many instructions as everything else that 'pcipeek read' does.

#include <pcipeek/error.hpp>

#include <cerrno>
#include <dlfcn.h>
#include <libudev.h>
#include <string>

namespace {

class Library {
public:
	Library()
	{
		if (handle_ == nullptr)
			throw pcipeek::Error{
				{.code = ENOENT,
				 .text = "cannot load libudev.so.1: install udev's library"}};
	}

	void *symbol(const char *name) const
	{
		void *found = ::dlsym(handle_, name);
		if (found == nullptr)
			throw pcipeek::Error{
				{.code = ENOSYS,
				 .text = std::string{"libudev.so.1 is too old: it has no "} +
					 name}};
		return found;
	}

private:
	/* never closed: who asks once asks again */
	void *handle_ = ::dlopen("libudev.so.1", RTLD_NOW | RTLD_LOCAL);
};

template <class Function>
Function &find(const char *name)
{
	static const Library library;
	return *reinterpret_cast<Function *>(library.symbol(name));
}

} // namespace

/* No variables: references to functions. */
// NOLINTBEGIN(cppcoreguidelines-avoid-non-const-global-variables)

udev *udev_new()
{
	static auto &real = find<decltype(udev_new)>("udev_new");
	return real();
}

udev *udev_unref(udev *udev)
{
	static auto &real = find<decltype(udev_unref)>("udev_unref");
	return real(udev);
}

udev_hwdb *udev_hwdb_new(udev *udev)
{
	static auto &real = find<decltype(udev_hwdb_new)>("udev_hwdb_new");
	return real(udev);
}

udev_hwdb *udev_hwdb_unref(udev_hwdb *hwdb)
{
	static auto &real = find<decltype(udev_hwdb_unref)>("udev_hwdb_unref");
	return real(hwdb);
}

udev_list_entry *udev_hwdb_get_properties_list_entry(udev_hwdb *hwdb, const char *modalias,
						     unsigned flags)
{
	static auto &real = find<decltype(udev_hwdb_get_properties_list_entry)>(
		"udev_hwdb_get_properties_list_entry");
	return real(hwdb, modalias, flags);
}

udev_list_entry *udev_list_entry_get_by_name(udev_list_entry *entry, const char *name)
{
	static auto &real =
		find<decltype(udev_list_entry_get_by_name)>("udev_list_entry_get_by_name");
	return real(entry, name);
}

udev_list_entry *udev_list_entry_get_next(udev_list_entry *entry)
{
	static auto &real = find<decltype(udev_list_entry_get_next)>("udev_list_entry_get_next");
	return real(entry);
}

const char *udev_list_entry_get_name(udev_list_entry *entry)
{
	static auto &real = find<decltype(udev_list_entry_get_name)>("udev_list_entry_get_name");
	return real(entry);
}

const char *udev_list_entry_get_value(udev_list_entry *entry)
{
	static auto &real = find<decltype(udev_list_entry_get_value)>("udev_list_entry_get_value");
	return real(entry);
}

udev_enumerate *udev_enumerate_new(udev *udev)
{
	static auto &real = find<decltype(udev_enumerate_new)>("udev_enumerate_new");
	return real(udev);
}

udev_enumerate *udev_enumerate_unref(udev_enumerate *enumerate)
{
	static auto &real = find<decltype(udev_enumerate_unref)>("udev_enumerate_unref");
	return real(enumerate);
}

int udev_enumerate_add_match_subsystem(udev_enumerate *enumerate, const char *subsystem)
{
	static auto &real = find<decltype(udev_enumerate_add_match_subsystem)>(
		"udev_enumerate_add_match_subsystem");
	return real(enumerate, subsystem);
}

int udev_enumerate_scan_devices(udev_enumerate *enumerate)
{
	static auto &real =
		find<decltype(udev_enumerate_scan_devices)>("udev_enumerate_scan_devices");
	return real(enumerate);
}

udev_list_entry *udev_enumerate_get_list_entry(udev_enumerate *enumerate)
{
	static auto &real =
		find<decltype(udev_enumerate_get_list_entry)>("udev_enumerate_get_list_entry");
	return real(enumerate);
}

udev_monitor *udev_monitor_new_from_netlink(udev *udev, const char *name)
{
	static auto &real =
		find<decltype(udev_monitor_new_from_netlink)>("udev_monitor_new_from_netlink");
	return real(udev, name);
}

udev_monitor *udev_monitor_unref(udev_monitor *monitor)
{
	static auto &real = find<decltype(udev_monitor_unref)>("udev_monitor_unref");
	return real(monitor);
}

int udev_monitor_filter_add_match_subsystem_devtype(udev_monitor *monitor, const char *subsystem,
						    const char *devtype)
{
	static auto &real = find<decltype(udev_monitor_filter_add_match_subsystem_devtype)>(
		"udev_monitor_filter_add_match_subsystem_devtype");
	return real(monitor, subsystem, devtype);
}

int udev_monitor_enable_receiving(udev_monitor *monitor)
{
	static auto &real =
		find<decltype(udev_monitor_enable_receiving)>("udev_monitor_enable_receiving");
	return real(monitor);
}

int udev_monitor_get_fd(udev_monitor *monitor)
{
	static auto &real = find<decltype(udev_monitor_get_fd)>("udev_monitor_get_fd");
	return real(monitor);
}

udev_device *udev_monitor_receive_device(udev_monitor *monitor)
{
	static auto &real =
		find<decltype(udev_monitor_receive_device)>("udev_monitor_receive_device");
	return real(monitor);
}

udev_device *udev_device_unref(udev_device *device)
{
	static auto &real = find<decltype(udev_device_unref)>("udev_device_unref");
	return real(device);
}

const char *udev_device_get_action(udev_device *device)
{
	static auto &real = find<decltype(udev_device_get_action)>("udev_device_get_action");
	return real(device);
}

const char *udev_device_get_property_value(udev_device *device, const char *key)
{
	static auto &real =
		find<decltype(udev_device_get_property_value)>("udev_device_get_property_value");
	return real(device, key);
}

// NOLINTEND(cppcoreguidelines-avoid-non-const-global-variables)
