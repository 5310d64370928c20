// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "output/device_json.hpp"

#include <nlohmann/json.hpp>

#include <map>
#include <utility>

namespace pcipeek::tools {

namespace {

using nlohmann::ordered_json;

ordered_json to_json(const Bar &bar)
{
	return {
		{"index", bar.index()},
		{"type", bar.type() == BarType::mem ? "mem" : "io"},
		{"addr", bar.addr()},
		{"size", bar.size()},
		{"prefetchable", bar.prefetchable()},
		{"bits", bar.is_64bit() ? 64 : 32},
	};
}

template <class T>
ordered_json or_null(const std::optional<T> &value)
{
	return value ? ordered_json(*value) : ordered_json(nullptr);
}

ordered_json to_json(const UnassignedBar &bar)
{
	return {
		{"index", bar.index},
		{"type", bar.type == BarType::mem ? "mem" : "io"},
		{"addr", nullptr},
		{"size", or_null(bar.size)},
		{"prefetchable", bar.prefetchable},
		{"bits", bar.bits},
	};
}

/* Also those without an address, by index. */
ordered_json bars_json(const Device &device)
{
	std::map<unsigned, ordered_json> bars;

	for (const auto &bar : device.bars())
		bars.emplace(bar.index(), to_json(bar));
	for (const auto &bar : device.unassigned_bars())
		bars.emplace(bar.index, to_json(bar));
	auto list = ordered_json::array();
	for (auto &[index, bar] : bars)
		list.push_back(std::move(bar));
	return list;
}

ordered_json neighbours_json(std::span<const Device> devices)
{
	auto list = ordered_json::array();

	for (const auto &device : devices)
		list.push_back({{"address", to_string(device.address())},
				{"driver", or_null(device.driver())}});
	return list;
}

ordered_json to_json(const Device &device)
{
	return {
		{"address", to_string(device.address())},
		{"vendor_id", device.vendor_id()},
		{"device_id", device.device_id()},
		{"subsystem_vendor_id", device.subsystem_vendor_id()},
		{"subsystem_id", device.subsystem_id()},
		{"class_code", device.class_code()},
		{"revision_id", device.revision_id()},
		{"vendor", device.vendor_name()},
		{"device", device.device_name()},
		{"class", device.class_name()},
		{"driver", or_null(device.driver())},
		{"bar", bars_json(device)},
	};
}

/* Of each BAR that cannot be reached: why. */
ordered_json to_json(const std::map<unsigned, std::string> &obstacles)
{
	auto list = ordered_json::array();

	for (const auto &[bar, why] : obstacles)
		list.push_back({{"bar", bar}, {"why", why}});
	return list;
}

std::string_view to_string(Life life)
{
	switch (life) {
	case Life::live:
		return "live";
	case Life::resetting:
		return "resetting";
	case Life::ended:
		return "ended";
	case Life::stopped:
		break;
	}
	return "stopped";
}

ordered_json to_json(const DeviceState &state)
{
	return {
		{"life", to_string(state.life)},
		{"offline", state.offline},
		{"foreign", !state.granted},
		{"memory_decode", state.memory_decode},
		{"io_decode", state.io_decode},
		{"bus_master", state.bus_master},
		{"bus_master_requested", state.bus_master_requested},
		{"power_state", or_null(state.power_state)},
		{"generation", state.generation},
		{"unmaskable_interrupt", state.unmaskable_interrupt},
	};
}

/* Where the kernel knows nothing there is nothing. */
ordered_json to_json(const std::optional<Link> &link)
{
	const auto speed = [](const std::string &text) {
		return text.empty() ? ordered_json(nullptr) : ordered_json(text);
	};
	const auto width = [](unsigned lanes) {
		return lanes == 0 ? ordered_json(nullptr) : ordered_json(lanes);
	};

	if (!link)
		return nullptr;
	return {{"speed", speed(link->speed)},
		{"width", width(link->width)},
		{"max_speed", speed(link->max_speed)},
		{"max_width", width(link->max_width)}};
}

/* Names come from a file that anybody may have edited: no throw for bad UTF-8. */
std::string to_text(const ordered_json &json)
{
	constexpr int indent = 2;

	return json.dump(indent, ' ', false, ordered_json::error_handler_t::replace) + '\n';
}

} // namespace

std::string devices_json(std::span<const Device> devices)
{
	auto list = ordered_json::array();

	for (const auto &device : devices)
		list.push_back(to_json(device));
	return to_text(list);
}

std::string device_json(const DeviceReport &report)
{
	auto json = to_json(report.device);

	json["irq"] = or_null(report.device.irq());
	json["same_irq"] = neighbours_json(report.same_irq);
	json["numa_node"] = or_null(report.device.numa_node());
	json["local_cpus"] = report.device.local_cpus();
	json["link"] = to_json(report.link);
	json["iommu_group"] = or_null(report.iommu_group);
	json["granted"] = report.granted;
	json["state"] = report.state ? to_json(*report.state) : ordered_json(nullptr);
	json["obstacles"] = report.state ? to_json(report.obstacles) : ordered_json(nullptr);
	if (!report.state)
		json["state_error"] = report.state_error;
	return to_text(json);
}

} // namespace pcipeek::tools
