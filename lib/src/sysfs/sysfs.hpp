// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include "device/unique_fd.hpp"

#include <pcipeek/address.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/** Small files of the kernel. Errors are answers here: a device may vanish any time. */
namespace pcipeek::detail::sysfs {

inline constexpr const char *pci_devices = "/sys/bus/pci/devices";
inline constexpr const char *pci_drivers = "/sys/bus/pci/drivers";
inline constexpr const char *pci_drivers_probe = "/sys/bus/pci/drivers_probe";

/** The directory of a device: /sys/bus/pci/devices/0000:05:0d.0, or a fake board's. */
std::string device_directory(const Address &address);

/** An open directory: of its files, the way to them is not walked for each. */
class Directory {
public:
	explicit Directory(const std::string &path);

	/** As read_file() and read_number() of a file in it. */
	std::optional<std::string> text(const char *file) const;
	std::optional<std::uint64_t> number(const char *file) const;

private:
	UniqueFd fd_;
};

/** What is in the file, as it is, binary too; nullopt if it cannot be read. */
std::optional<std::string> read_file(const std::string &path);

/** A number in the kernel's notation ("0x1147\n"); nullopt if there is none. */
std::optional<std::uint64_t> read_number(const std::string &path);

/** A number in decimal notation ("-1\n"); nullopt if there is none. */
std::optional<int> read_integer(const std::string &path);

/** The last component of what the link points to; nullopt if there is no link. */
std::optional<std::string> read_link_name(const std::string &path);

/** Writes the text by one write(2), as sysfs wants it. Returns 0 or the errno. */
int write_file(const std::string &path, std::string_view text);

/** Whether the path leads to something that is there. */
bool exists(const std::string &path);

/** Whether the path is a link, wherever that leads. */
bool is_link(const std::string &path);

/** The names in a directory, in no order; empty if it cannot be read. */
std::vector<std::string> names_in(const std::string &directory);

/** 0 if this user may write the file, or the errno: EROFS where /sys is read-only. */
int why_not_writable(const std::string &path);

/** The directory above, once all links are followed; empty if there is no such path. */
std::string real_parent(const std::string &path);

/** The driver that has the device now. */
std::optional<std::string> driver_of(const Address &address);

/** Whether the device is a virtual function of that one. */
bool is_physical_function_of(const Address &physical, const Address &device);

/** What the kernel holds for its power state ("D0", "D3cold", "unknown"); empty if unsaid. */
std::string power_state_of(const Address &address);

/**
 * Whether the kernel has put the device in that directory to sleep. Reading its
 * configuration space would wake it, and the bridges above it (since Linux 6.1.158).
 */
bool is_suspended(const std::string &directory);

/** Whether the kernel is locked down, as far as this user can see. */
bool is_locked_down();

} // namespace pcipeek::detail::sysfs
