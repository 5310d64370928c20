// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "output/device_text.hpp"

#include "format.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <vector>

namespace pcipeek::tools {

namespace {

constexpr std::string_view no_driver = "-";

/* "Interface Corp PCI-3120", or what is known of it. */
std::string full_name(const Device &device)
{
	if (device.vendor_name().empty() || device.device_name().empty())
		return device.vendor_name() + device.device_name();
	return formatted("{} {}", device.vendor_name(), device.device_name());
}

std::string ids(const Device &device)
{
	return formatted("{:04x}:{:04x}", device.vendor_id(), device.device_id());
}

std::vector<std::string> driver_names(std::span<const Device> devices)
{
	std::vector<std::string> names;

	names.reserve(devices.size());
	for (const auto &device : devices)
		names.push_back(device.driver().value_or(std::string(no_driver)));
	return names;
}

std::size_t widest(const std::vector<std::string> &names)
{
	std::size_t width = 0;

	for (const auto &name : names)
		width = std::max(width, name.size());
	return width;
}

/* A line "label  value" of the page; nothing where nothing is known. */
std::string field(std::string_view label, std::string_view value)
{
	return value.empty() ? "" : formatted("{:<10}{}\n", label, value);
}

std::string_view on_off(bool on)
{
	return on ? "on" : "off";
}

std::string_view condition(const DeviceReport &report)
{
	const auto &state = *report.state;

	if (state.life == Life::ended)
		return "ended";
	if (state.life == Life::resetting)
		return "being reset";
	if (state.offline)
		return "does not answer";
	if (state.life != Life::live)
		return "not live";
	if (report.obstacles.empty())
		return "live";
	return report.obstacles.size() == report.device.bars().size() ? "cannot be reached"
								      : "partly reachable";
}

std::string power(const DeviceState &state)
{
	return state.power_state ? formatted("D{}", *state.power_state) : "unknown power state";
}

std::string format_state(const DeviceReport &report)
{
	const auto &state = *report.state;

	return formatted("{}, {}, memory decode {}, I/O decode {}, bus master {}{}, "
			 "generation {}",
			 condition(report), power(state), on_off(state.memory_decode),
			 on_off(state.io_decode), on_off(state.bus_master),
			 state.bus_master_requested ? " (requested)" : "", state.generation);
}

std::string format_subsystem(const Device &device)
{
	if (device.subsystem_vendor_id() == 0)
		return "";
	return formatted("{:04x}:{:04x}", device.subsystem_vendor_id(), device.subsystem_id());
}

std::string format_class(const Device &device)
{
	return formatted("{:06x} {}", device.class_code(), device.class_name());
}

std::string format_bars(const Device &device, std::string_view indent)
{
	std::map<unsigned, std::string> lines;
	std::string text;

	for (const auto &bar : device.bars())
		lines.emplace(bar.index(), format_bar(bar));
	for (const auto &bar : device.unassigned_bars())
		lines.emplace(bar.index, format_bar(bar));
	for (const auto &[index, line] : lines)
		text += formatted("{}{}", indent, line);
	return text;
}

std::string format_identity(const Device &device)
{
	return field("address", to_string(device.address())) +
	       field("ids", formatted("{}, revision {:02x}", ids(device), device.revision_id())) +
	       field("subsystem", format_subsystem(device)) +
	       field("vendor", device.vendor_name()) + field("device", device.device_name()) +
	       field("class", format_class(device)) +
	       field("driver", device.driver().value_or("none"));
}

/* "11, shared with 0000:00:04.0 (e1000e), 0000:00:05.0 (no driver); cannot be masked" */
std::string format_irq(const DeviceReport &report)
{
	const auto irq = report.device.irq();
	const bool unmaskable = report.state && report.state->unmaskable_interrupt;
	std::string text = irq ? formatted("{}", *irq) : unmaskable ? "none known" : "";

	for (const auto &other : report.same_irq)
		text += formatted("{}{} ({})",
				  &other == report.same_irq.data() ? ", shared with " : ", ",
				  to_string(other.address()), other.driver().value_or("no driver"));
	return text + (unmaskable ? "; cannot be masked" : "");
}

std::string format_link(const std::string &speed, unsigned width)
{
	return formatted("{} x{}", speed.empty() ? "unknown speed" : speed,
			 width == 0 ? "?" : formatted("{}", width));
}

/* "8.0 GT/s x4, at most 16.0 GT/s x16" */
std::string format_link(const DeviceReport &report)
{
	if (!report.link)
		return "";
	return formatted("{}, at most {}", format_link(report.link->speed, report.link->width),
			 format_link(report.link->max_speed, report.link->max_width));
}

/* Where its interrupts and its memory are; empty where the kernel does not say. */
std::string format_topology(const DeviceReport &report)
{
	const Device &device = report.device;
	const auto node = device.numa_node();

	return field("irq", format_irq(report)) +
	       field("NUMA node", node ? formatted("{}", *node) : "") +
	       field("CPUs", device.local_cpus()) + field("link", format_link(report)) +
	       field("IOMMU", report.iommu_group ? formatted("group {}", *report.iommu_group) : "");
}

std::string format_obstacles(const DeviceReport &report)
{
	std::string text;

	for (const auto &[bar, why] : report.obstacles)
		text += formatted("bar{} cannot be reached: {}\n", bar, why);
	return text;
}

} // namespace

std::string format_size(std::uint64_t bytes)
{
	constexpr std::array units{"bytes", "KiB", "MiB", "GiB", "TiB"};
	std::size_t unit = 0;

	while (bytes % 1024 == 0 && bytes > 0 && unit + 1 < units.size()) {
		bytes /= 1024;
		++unit;
	}
	return formatted("{} {}", bytes, units[unit]);
}

std::string format_bar(const Bar &bar)
{
	return formatted("bar{}  {:<3}  0x{:08x}  {}, {}-bit{}\n", bar.index(),
			 bar.type() == BarType::mem ? "mem" : "io", bar.addr(),
			 format_size(bar.size()), bar.is_64bit() ? 64 : 32,
			 bar.prefetchable() ? ", prefetchable" : "");
}

std::string format_bar(const UnassignedBar &bar)
{
	return formatted("bar{}  {:<3}  no address  {}, {}-bit{}\n", bar.index,
			 bar.type == BarType::mem ? "mem" : "io",
			 bar.size ? format_size(*bar.size) : "size unknown", bar.bits,
			 bar.prefetchable ? ", prefetchable" : "");
}

std::string format_devices(std::span<const Device> devices, bool verbose)
{
	const auto drivers = driver_names(devices);
	const std::size_t width = widest(drivers);
	auto driver = drivers.begin();
	std::string text;

	for (const auto &device : devices) {
		text += formatted("{} {} {:<{}} {}\n", to_string(device.address()), ids(device),
				  *driver++, width, full_name(device));
		if (verbose)
			text += format_bars(device, "    ");
	}
	return text;
}

std::string format_report(const DeviceReport &report)
{
	auto text = format_identity(report.device);

	text += format_topology(report);
	text += field("granted", report.granted ? "yes" : "no");
	if (report.state)
		text += field("state", format_state(report));
	else
		text += field("state", "unknown: " + report.state_error);
	return text + format_bars(report.device, "") + format_obstacles(report);
}

} // namespace pcipeek::tools
