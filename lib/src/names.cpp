// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "names.hpp"

#include "large_file.hpp"
#include "modalias.hpp"
#include "pci_ids.hpp"
#include "udev_ptr.hpp"

#include <mutex>
#include <optional>
#include <utility>

namespace pcipeek::detail {
namespace {

std::string property(udev_list_entry *list, const char *name)
{
	udev_list_entry *entry = udev_list_entry_get_by_name(list, name);
	const char *value = entry ? udev_list_entry_get_value(entry) : nullptr;
	return value ? value : "";
}

// udev's hardware database, opened once. libudev leaves it to its users to take turns.
class HardwareDatabase {
public:
	// Nothing if this machine has none.
	std::optional<Names> names(const Identity &identity)
	{
		if (!hwdb_)
			return std::nullopt;
		const std::lock_guard turn{turn_};
		udev_list_entry *list = udev_hwdb_get_properties_list_entry(
			hwdb_.get(), modalias(identity).c_str(), 0);
		Names names{.vendor_name = property(list, "ID_VENDOR_FROM_DATABASE"),
			    .device_name = property(list, "ID_MODEL_FROM_DATABASE"),
			    .class_name = property(list, "ID_PCI_SUBCLASS_FROM_DATABASE")};
		if (names.class_name.empty())
			names.class_name = property(list, "ID_PCI_CLASS_FROM_DATABASE");
		return names;
	}

private:
	const UdevPtr udev_{udev_new()};
	const UdevHwdbPtr hwdb_{udev_hwdb_new(udev_.get())};
	std::mutex turn_;
};

std::string read_pci_ids()
{
	for (const char *path : {"/usr/share/misc/pci.ids", "/usr/share/hwdata/pci.ids"})
		if (auto text = read_large_file(path))
			return std::move(*text);
	return {};
}

} // namespace

const PciIds &pci_ids()
{
	static const std::string text = read_pci_ids();
	static const PciIds ids{text};
	return ids;
}

Names find_names(const Identity &identity)
{
	static HardwareDatabase database;
	if (auto names = database.names(identity))
		return *std::move(names);
	return pci_ids().names(identity);
}

} // namespace pcipeek::detail
