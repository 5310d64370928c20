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

/*
 * A function of libudev. Its signature is that of the declaration: another one does not
 * compile.
 */
#define FORWARD(result, name, parameters, arguments)             \
	result name parameters                                   \
	{                                                        \
		static auto &real = find<decltype(name)>(#name); \
		return real arguments;                           \
	}

/* No variables: references to functions. And no products: pointers. */
// NOLINTBEGIN(cppcoreguidelines-avoid-non-const-global-variables)
// clang-format off
FORWARD(udev *, udev_new, (), ())
FORWARD(udev *, udev_unref, (udev *udev), (udev))
FORWARD(udev_hwdb *, udev_hwdb_new, (udev *udev), (udev))
FORWARD(udev_hwdb *, udev_hwdb_unref, (udev_hwdb *hwdb), (hwdb))
FORWARD(udev_list_entry *, udev_hwdb_get_properties_list_entry,
	(udev_hwdb *hwdb, const char *modalias, unsigned flags), (hwdb, modalias, flags))
FORWARD(udev_list_entry *, udev_list_entry_get_by_name, (udev_list_entry *entry, const char *name),
	(entry, name))
FORWARD(udev_list_entry *, udev_list_entry_get_next, (udev_list_entry *entry), (entry))
FORWARD(const char *, udev_list_entry_get_name, (udev_list_entry *entry), (entry))
FORWARD(const char *, udev_list_entry_get_value, (udev_list_entry *entry), (entry))
FORWARD(udev_enumerate *, udev_enumerate_new, (udev *udev), (udev))
FORWARD(udev_enumerate *, udev_enumerate_unref, (udev_enumerate *enumerate), (enumerate))
FORWARD(int, udev_enumerate_add_match_subsystem,
	(udev_enumerate *enumerate, const char *subsystem), (enumerate, subsystem))
FORWARD(int, udev_enumerate_scan_devices, (udev_enumerate *enumerate), (enumerate))
FORWARD(udev_list_entry *, udev_enumerate_get_list_entry, (udev_enumerate *enumerate), (enumerate))
FORWARD(udev_monitor *, udev_monitor_new_from_netlink, (udev *udev, const char *name),
	(udev, name))
FORWARD(udev_monitor *, udev_monitor_unref, (udev_monitor *monitor), (monitor))
FORWARD(int, udev_monitor_filter_add_match_subsystem_devtype,
	(udev_monitor *monitor, const char *subsystem, const char *devtype),
	(monitor, subsystem, devtype))
FORWARD(int, udev_monitor_enable_receiving, (udev_monitor *monitor), (monitor))
FORWARD(int, udev_monitor_get_fd, (udev_monitor *monitor), (monitor))
FORWARD(udev_device *, udev_monitor_receive_device, (udev_monitor *monitor), (monitor))
FORWARD(udev_device *, udev_device_unref, (udev_device *device), (device))
FORWARD(const char *, udev_device_get_action, (udev_device *device), (device))
FORWARD(const char *, udev_device_get_property_value, (udev_device *device, const char *key),
	(device, key))
// clang-format on
// NOLINTEND(cppcoreguidelines-avoid-non-const-global-variables)
