// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "names.hpp"

#include "format.hpp"
#include "pci_ids.hpp"
#include "sysfs.hpp"
#include "udev_ptr.hpp"

namespace pcipeek::detail {
namespace {

std::string property(udev_list_entry *list, const char *name)
{
	udev_list_entry *entry = udev_list_entry_get_by_name(list, name);
	const char *value = entry ? udev_list_entry_get_value(entry) : nullptr;
	return value ? value : "";
}

Names names_from_hwdb(udev_hwdb *hwdb, const Identity &identity)
{
	udev_list_entry *list =
		udev_hwdb_get_properties_list_entry(hwdb, modalias(identity).c_str(), 0);
	Names names{.vendor_name = property(list, "ID_VENDOR_FROM_DATABASE"),
		    .device_name = property(list, "ID_MODEL_FROM_DATABASE"),
		    .class_name = property(list, "ID_PCI_SUBCLASS_FROM_DATABASE")};
	if (names.class_name.empty())
		names.class_name = property(list, "ID_PCI_CLASS_FROM_DATABASE");
	return names;
}

std::string read_pci_ids()
{
	for (const char *path : {"/usr/share/misc/pci.ids", "/usr/share/hwdata/pci.ids"})
		if (auto text = sysfs::read_file(path))
			return *text;
	return {};
}

} // namespace

std::string modalias(const Identity &identity)
{
	return formatted("pci:v{:08X}d{:08X}sv{:08X}sd{:08X}bc{:02X}sc{:02X}i{:02X}",
			 identity.vendor_id, identity.device_id, identity.subsystem_vendor_id,
			 identity.subsystem_id, identity.class_code >> 16,
			 identity.class_code >> 8 & 0xff, identity.class_code & 0xff);
}

const PciIds &pci_ids()
{
	static const std::string text = read_pci_ids();
	static const PciIds ids{text};
	return ids;
}

Names find_names(const Identity &identity)
{
	const UdevPtr udev{udev_new()};
	const UdevHwdbPtr hwdb{udev_hwdb_new(udev.get())};
	if (hwdb)
		return names_from_hwdb(hwdb.get(), identity);
	return pci_ids().names(identity);
}

} // namespace pcipeek::detail
