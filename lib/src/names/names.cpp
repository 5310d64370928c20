// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "names/names.hpp"

#include "names/id_files.hpp"
#include "sysfs/modalias.hpp"
#include "sysfs/udev.hpp"

#include <mutex>
#include <optional>
#include <string_view>
#include <sys/stat.h>

namespace pcipeek::detail {
namespace {

// As long as a name may be: a line of a broken file is not printed by the megabyte.
std::string property(const Udev &library, udev_list_entry *list, const char *name)
{
	udev_list_entry *entry = library.udev_list_entry_get_by_name(list, name);
	const char *value = entry ? library.udev_list_entry_get_value(entry) : nullptr;
	return std::string{std::string_view{value ? value : ""}.substr(0, longest_name)};
}

// libudev opens the first of these that is there, and would wait for a FIFO.
bool is_database_usable()
{
	for (const char *path :
	     {"/etc/systemd/hwdb/hwdb.bin", "/etc/udev/hwdb.bin", "/usr/lib/systemd/hwdb/hwdb.bin",
	      "/lib/systemd/hwdb/hwdb.bin", "/usr/lib/udev/hwdb.bin", "/lib/udev/hwdb.bin"})
		if (struct stat status{}; ::stat(path, &status) == 0 && !S_ISREG(status.st_mode))
			return false;
	return true;
}

// udev's hardware database, opened once. libudev leaves it to its users to take turns.
class HardwareDatabase {
public:
	HardwareDatabase()
	{
		if (!library_ || !is_database_usable())
			return;
		udev_.reset(library_->udev_new());
		hwdb_.reset(library_->udev_hwdb_new(udev_.get()));
	}

	// Nothing if this machine has none.
	std::optional<Names> names(const Identity &identity)
	{
		if (!hwdb_)
			return std::nullopt;
		const std::lock_guard turn{turn_};
		udev_list_entry *list = library_->udev_hwdb_get_properties_list_entry(
			hwdb_.get(), modalias(identity).c_str(), 0);
		const auto text = [&](const char *name) {
			return property(*library_, list, name);
		};
		Names names{.vendor_name = text("ID_VENDOR_FROM_DATABASE"),
			    .device_name = text("ID_MODEL_FROM_DATABASE"),
			    .class_name = text("ID_PCI_SUBCLASS_FROM_DATABASE")};
		if (names.class_name.empty())
			names.class_name = text("ID_PCI_CLASS_FROM_DATABASE");
		return names;
	}

private:
	const Udev *library_ = Udev::find();
	UdevPtr udev_;
	UdevHwdbPtr hwdb_;
	std::mutex turn_;
};

} // namespace

Names find_names(const Identity &identity)
{
	static HardwareDatabase database;
	Names names = database.names(identity).value_or(Names{});
	machine_id_files().complete(names, identity);
	return names;
}

} // namespace pcipeek::detail
