// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "device/attachment.hpp"
#include "sysfs/enumeration.hpp"
#include "sysfs/modalias.hpp"
#include "sysfs/sysfs.hpp"
#include "sysfs/sysfs_diagnosis.hpp"
#include "testing/registry.hpp"

#include <pcipeek/error.hpp>

#include <algorithm>
#include <cerrno>
#include <utility>

namespace pcipeek {
namespace detail {
namespace {

// In the order of their addresses. A directory that cannot be read has none; why, is asked
// by check_source().
std::vector<Address> list_all()
{
	std::vector<Address> addresses;
	for (const std::string &name : sysfs::names_in(sysfs::pci_devices))
		if (const auto address = Address::parse(name))
			addresses.push_back(*address);
	std::ranges::sort(addresses);
	return addresses;
}

// A caller that names the device does not pay for a list of all.
std::vector<Address> list_candidates(const Filter &filter)
{
	return filter.address ? std::vector{*filter.address} : list_all();
}

// The ids, each from a file of its own; false if one that every device has is not there.
bool take_ids(const sysfs::Directory &files, Identity &identity)
{
	const auto vendor = files.number("vendor");
	const auto device = files.number("device");
	const auto class_code = files.number("class");
	const auto id = [](std::optional<std::uint64_t> value) {
		return static_cast<std::uint16_t>(value.value_or(0));
	};
	identity.vendor_id = id(vendor);
	identity.device_id = id(device);
	identity.subsystem_vendor_id = id(files.number("subsystem_vendor"));
	identity.subsystem_id = id(files.number("subsystem_device"));
	identity.class_code = static_cast<std::uint32_t>(class_code.value_or(0));
	return vendor && device && class_code;
}

// Reads the device's files; nullopt if it is not there. Each file costs the kernel some
// 10,000 instructions, and one has nearly all ids.
std::optional<Identity> identify(const Address &address)
{
	const sysfs::Directory files{sysfs::device_directory(address)};
	Identity identity{.address = address};

	if (!take_modalias(files.text("modalias").value_or(""), identity) &&
	    !take_ids(files, identity))
		return std::nullopt;
	identity.revision_id = static_cast<std::uint8_t>(files.number("revision").value_or(0));
	const auto resource = files.text("resource");
	if (!resource)
		return std::nullopt;
	identity.bars = parse_resource(*resource);
	return identity;
}

// That nothing was found means something only if sysfs shows what there is.
void check_source(const Filter &filter)
{
	const auto why = filter.address ? why_not_shown(*filter.address) : why_no_pci();
	if (why)
		throw Error{{.code = ENOENT,
			     .cause = why->cause,
			     .text = "cannot list the PCI devices: " + why->why,
			     .address = filter.address}};
}

bool is_id(const std::optional<Id> &wanted, std::uint16_t id)
{
	return !wanted || wanted->value() == id;
}

} // namespace

bool matches(const Filter &filter, const Identity &identity)
{
	return is_id(filter.vendor, identity.vendor_id) &&
	       is_id(filter.device, identity.device_id) &&
	       is_id(filter.subsystem_vendor, identity.subsystem_vendor_id) &&
	       is_id(filter.subsystem, identity.subsystem_id) &&
	       (!filter.address || *filter.address == identity.address) &&
	       (!filter.class_code ||
		((*filter.class_code ^ identity.class_code) & filter.class_mask) == 0);
}

std::vector<Device> enumerate(const Filter &filter, const ChannelFactory &factory)
{
	std::vector<Device> devices;
	bool shown = false;
	for (const Address &address : list_candidates(filter)) {
		std::optional<Identity> identity = identify(address);
		shown = shown || identity;
		if (identity && matches(filter, *identity))
			devices.emplace_back(std::make_shared<Attachment>(*identity, factory));
	}
	if (!shown)
		check_source(filter);
	return devices;
}

} // namespace detail

std::vector<Device> lspci(const Filter &filter)
{
	if (auto fakes = testing::fake_devices(filter))
		return *std::move(fakes);
	return detail::enumerate(filter, detail::open_ioctl_channel);
}

} // namespace pcipeek
