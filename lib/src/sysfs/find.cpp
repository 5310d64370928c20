// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "format.hpp"

#include <pcipeek/enumerate.hpp>
#include <pcipeek/error.hpp>
#include <pcipeek/find.hpp>

#include <cerrno>
#include <vector>

namespace pcipeek {
namespace {

[[noreturn]] void fail_gone(const DeviceSelector &selector, std::string_view why)
{
	throw Error{{.code = ENODEV,
		     .cause = Cause::gone,
		     .text = formatted("cannot find {}: {}; 'pcipeek ls' lists the devices",
				       selector.text, why),
		     .address = selector.address}};
}

[[noreturn]] void fail_ambiguous(const DeviceSelector &selector, const std::vector<Device> &found)
{
	std::string choices;
	for (std::size_t i = 0; i < found.size(); i++)
		choices += formatted("{}@{} ({})", i == 0 ? "" : ", ", i,
				     to_string(found[i].address()));
	throw Error{{.code = EINVAL,
		     .cause = Cause::invalid,
		     .text = formatted("'{}' matches {} devices; choose one: {}", selector.text,
				       found.size(), choices)}};
}

std::vector<Device> candidates(const DeviceSelector &selector)
{
	if (selector.address)
		return lspci({.address = selector.address});
	return lspci({.vendor = selector.ids->vendor, .device = selector.ids->device});
}

bool has_ids(const Device &device, const DeviceSelector::Ids &ids)
{
	return device.vendor_id() == ids.vendor && device.device_id() == ids.device;
}

Device pick(const DeviceSelector &selector, const std::vector<Device> &found)
{
	if (*selector.index >= found.size())
		fail_gone(selector, formatted("{} found, counted from @0", found.size()));
	return found[*selector.index];
}

} // namespace

Device find(const DeviceSelector &selector)
{
	const auto found = candidates(selector);
	if (found.empty())
		fail_gone(selector, "there is no such device");
	if (selector.index)
		return pick(selector, found);
	if (found.size() > 1)
		fail_ambiguous(selector, found);

	const Device &device = found.front();
	if (selector.ids && !has_ids(device, *selector.ids))
		fail_gone(selector, formatted("the device there is {:04x}:{:04x}",
					      device.vendor_id(), device.device_id()));
	return device;
}

Device find(std::string_view text)
{
	return find(DeviceSelector::parse(text));
}

} // namespace pcipeek
