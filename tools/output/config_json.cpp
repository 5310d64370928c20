// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "output/config_json.hpp"

#include <nlohmann/json.hpp>

namespace pcipeek::tools {

namespace {

using nlohmann::ordered_json;

ordered_json to_json(const ConfigHeader &header)
{
	return {
		{"vendor_id", header.vendor_id},
		{"device_id", header.device_id},
		{"command", header.command},
		{"status", header.status},
		{"revision_id", header.revision_id},
		{"class_code", header.class_code},
		{"cache_line_size", header.cache_line_size * 4},
		{"latency_timer", header.latency_timer},
		{"header_type", header.header_type},
		{"multi_function", header.multi_function},
		{"interrupt_line", header.interrupt_line},
		{"interrupt_pin", header.interrupt_pin},
	};
}

void add(ordered_json &json, const EndpointHeader &header)
{
	json["bars"] = header.bars;
	json["subsystem_vendor_id"] = header.subsystem_vendor_id;
	json["subsystem_id"] = header.subsystem_id;
	json["rom_address"] = header.rom_address;
}

ordered_json to_json(const BridgeHeader::Range &range)
{
	if (!range.is_open())
		return nullptr;
	return {{"first", range.first}, {"last", range.last}};
}

void add(ordered_json &json, const BridgeHeader &header)
{
	json["bars"] = header.bars;
	json["primary_bus"] = header.primary_bus;
	json["secondary_bus"] = header.secondary_bus;
	json["subordinate_bus"] = header.subordinate_bus;
	json["io"] = to_json(header.io);
	json["memory"] = to_json(header.memory);
	json["prefetchable"] = to_json(header.prefetchable);
	json["rom_address"] = header.rom_address;
	json["bridge_control"] = header.bridge_control;
}

ordered_json to_json(const Capability &capability)
{
	return {
		{"name", name_of(capability)},	 {"id", capability.id},
		{"offset", capability.offset},	 {"extended", capability.extended},
		{"version", capability.version},
	};
}

ordered_json to_json(const std::vector<Capability> &capabilities)
{
	auto list = ordered_json::array();

	for (const auto &capability : capabilities)
		list.push_back(to_json(capability));
	return list;
}

} // namespace

std::string config_json(const ConfigReport &report)
{
	constexpr int indent = 2;
	auto json = to_json(report.header);

	if (report.header.endpoint)
		add(json, *report.header.endpoint);
	if (report.header.bridge)
		add(json, *report.header.bridge);
	json["capabilities"] =
		report.capabilities ? to_json(*report.capabilities) : ordered_json(nullptr);
	if (!report.capabilities)
		json["capabilities_error"] = report.capabilities_error;
	return json.dump(indent, ' ', false, ordered_json::error_handler_t::replace) + '\n';
}

} // namespace pcipeek::tools
