// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "find_device.hpp"

#include "errors.hpp"
#include "format.hpp"

#include <pcipeek/enumerate.hpp>
#include <pcipeek/error.hpp>

#include <cerrno>
#include <vector>

namespace pcipeek::tools {

namespace {

[[noreturn]] void throw_gone(const DeviceSelector &spec, std::string_view why)
{
	throw Error({.code = ENODEV,
		     .cause = Cause::gone,
		     .text = formatted("cannot find {}: {}; 'pcipeek ls' lists the devices",
				       spec.text, why),
		     .address = spec.address});
}

[[noreturn]] void throw_ambiguous(const DeviceSelector &spec, const std::vector<Device> &found)
{
	std::string choices;

	for (std::size_t i = 0; i < found.size(); ++i)
		choices += formatted("{}@{} ({})", i == 0 ? "" : ", ", i,
				     to_string(found[i].address()));
	throw UsageError(formatted("'{}' matches {} devices; choose one: {}", spec.text,
				   found.size(), choices));
}

std::vector<Device> candidates(const DeviceSelector &spec)
{
	if (spec.address)
		return lspci({.address = spec.address});
	return lspci({.vendor = spec.ids->vendor, .device = spec.ids->device});
}

bool has_ids(const Device &device, const Ids &ids)
{
	return device.vendor_id() == ids.vendor && device.device_id() == ids.device;
}

Device pick(const DeviceSelector &spec, const std::vector<Device> &found)
{
	if (*spec.index >= found.size())
		throw_gone(spec, formatted("{} found, counted from @0", found.size()));
	return found[*spec.index];
}

} // namespace

Device find_device(const DeviceSelector &spec)
{
	const auto found = candidates(spec);

	if (found.empty())
		throw_gone(spec, "there is no such device");
	if (spec.index)
		return pick(spec, found);
	if (found.size() > 1)
		throw_ambiguous(spec, found);

	const Device &device = found.front();
	if (spec.ids && !has_ids(device, *spec.ids))
		throw_gone(spec, formatted("the device there is {:04x}:{:04x}", device.vendor_id(),
					   device.device_id()));
	return device;
}

} // namespace pcipeek::tools
