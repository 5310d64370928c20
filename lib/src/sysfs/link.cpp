// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include <pcipeek/link.hpp>

#include "sysfs/sysfs.hpp"

#include <charconv>

namespace pcipeek {

namespace {

using detail::sysfs::device_directory;

// "8.0 GT/s PCIe", "8 GT/s" before Linux 5.7, "Unknown" or "Unknown speed".
std::string speed_in(const detail::sysfs::Directory &directory, const char *file)
{
	const std::string text = directory.text(file).value_or("");
	const auto unit = text.find(" GT/s");
	return unit == std::string::npos ? "" : text.substr(0, unit) + " GT/s";
}

std::optional<unsigned> number_in(const std::string &text)
{
	unsigned number = 0;
	const auto result = std::from_chars(text.data(), text.data() + text.size(), number);
	return result.ec == std::errc{} ? std::optional{number} : std::nullopt;
}

unsigned width_in(const detail::sysfs::Directory &directory, const char *file)
{
	return number_in(directory.text(file).value_or("")).value_or(0);
}

} // namespace

std::optional<Link> find_link(const Device &device)
{
	const detail::sysfs::Directory directory{device_directory(device.address())};
	Link link{.speed = speed_in(directory, "current_link_speed"),
		  .width = width_in(directory, "current_link_width"),
		  .max_speed = speed_in(directory, "max_link_speed"),
		  .max_width = width_in(directory, "max_link_width")};
	// Integrated endpoints have the files, and a capability without a link in it.
	return link == Link{} ? std::nullopt : std::optional{std::move(link)};
}

std::optional<unsigned> iommu_group(const Device &device)
{
	const auto name =
		detail::sysfs::read_link_name(device_directory(device.address()) + "/iommu_group");
	return name ? number_in(*name) : std::nullopt;
}

} // namespace pcipeek
