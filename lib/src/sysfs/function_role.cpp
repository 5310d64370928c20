// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "sysfs/function_role.hpp"

#include "device/bar_table.hpp"
#include "format.hpp"
#include "sysfs/sysfs.hpp"

#include <algorithm>
#include <cstddef>

namespace pcipeek::detail {

unsigned header_type_of(const Address &address)
{
	constexpr std::size_t offset = 0x0e;
	const std::string directory = sysfs::device_directory(address);
	if (sysfs::is_suspended(directory))
		return 0;
	const auto config = sysfs::read_file(directory + "/config");
	return config && config->size() > offset ? static_cast<unsigned char>((*config)[offset])
						 : 0;
}

namespace {

bool has_no_bar(const Address &address)
{
	const auto resource = sysfs::read_file(sysfs::device_directory(address) + "/resource");
	return resource && std::ranges::none_of(parse_resource(*resource), [](const BarSlot &slot) {
		       return slot.kind == BarSlot::Kind::present;
	       });
}

} // namespace

bool is_bridge(const Address &address, std::uint32_t class_code)
{
	const unsigned header_type = header_type_of(address);
	return class_code >> 16 == 0x06 || (header_type != no_header && (header_type & 0x7f) != 0);
}

bool is_virtual_function(const Address &address)
{
	return sysfs::exists(sysfs::device_directory(address) + "/physfn");
}

int enabled_virtual_functions(const Address &address)
{
	return sysfs::read_integer(sysfs::device_directory(address) + "/sriov_numvfs").value_or(0);
}

std::optional<std::string> why_never_bound(const Address &address)
{
	constexpr std::uint64_t iommu = 0x0806;
	const std::uint64_t class_code =
		sysfs::read_number(sysfs::device_directory(address) + "/class").value_or(0);

	if (is_bridge(address, static_cast<std::uint32_t>(class_code)))
		return "it is a bridge, and the devices behind it depend on it";
	if (class_code >> 8 == iommu)
		return "it is an IOMMU, and other devices depend on it";
	if (const int count = enabled_virtual_functions(address))
		return formatted("{} of its virtual functions are enabled", count);
	if (has_no_bar(address))
		return "it has no BAR";
	return std::nullopt;
}

} // namespace pcipeek::detail
