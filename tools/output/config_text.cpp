// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "output/config_text.hpp"

#include "format.hpp"

#include <span>

namespace pcipeek::tools {

namespace {

std::string field(std::string_view label, std::string_view value)
{
	return formatted("{:<14}{}\n", label, value);
}

std::string format_bits(std::uint16_t value, const std::string &names)
{
	return formatted("0x{:04x}{}{}", value, names.empty() ? "" : "  ", names);
}

std::string format_type(const ConfigHeader &header)
{
	const auto *const name = header.header_type == 0   ? "device"
				 : header.header_type == 1 ? "bridge"
				 : header.header_type == 2 ? "CardBus bridge"
							   : "unknown";

	return formatted("{} ({}){}", header.header_type, name,
			 header.multi_function ? ", one of several functions" : "");
}

std::string format_interrupt(const ConfigHeader &header)
{
	const unsigned pin = header.interrupt_pin;

	if (pin == 0)
		return "no pin";
	if (pin > 4)
		return formatted("pin {} (unknown), line {}", pin, header.interrupt_line);
	return formatted("pin INT{}, line {}", static_cast<char>('A' + pin - 1),
			 header.interrupt_line);
}

std::string format_common(const ConfigHeader &header)
{
	return field("ids", formatted("{:04x}:{:04x}, revision {:02x}", header.vendor_id,
				      header.device_id, header.revision_id)) +
	       field("class", formatted("{:06x}", header.class_code)) +
	       field("header type", format_type(header)) +
	       field("command", format_bits(header.command, format_command(header.command))) +
	       field("status", format_bits(header.status, format_status(header.status))) +
	       field("cache line", formatted("{} bytes", header.cache_line_size * 4)) +
	       field("latency", formatted("{} clocks", header.latency_timer)) +
	       field("interrupt", format_interrupt(header));
}

std::string format_bars(std::span<const std::uint32_t> bars)
{
	std::string text;

	for (std::size_t i = 0; i < bars.size(); ++i)
		text += field(formatted("bar{}", i), formatted("0x{:08x}", bars[i]));
	return text;
}

std::string format_rom(std::uint32_t address)
{
	return field("rom", formatted("0x{:08x}, {}", address & ~1U, address & 1 ? "on" : "off"));
}

std::string format(const EndpointHeader &header)
{
	return format_bars(header.bars) +
	       field("subsystem",
		     formatted("{:04x}:{:04x}", header.subsystem_vendor_id, header.subsystem_id)) +
	       format_rom(header.rom_address);
}

std::string format(const BridgeHeader::Range &range)
{
	return range.is_open() ? formatted("0x{:x}-0x{:x}", range.first, range.last) : "closed";
}

std::string format(const BridgeHeader &header)
{
	return format_bars(header.bars) +
	       field("buses", formatted("{:02x}, behind it {:02x} to {:02x}", header.primary_bus,
					header.secondary_bus, header.subordinate_bus)) +
	       field("I/O", format(header.io)) + field("memory", format(header.memory)) +
	       field("prefetchable", format(header.prefetchable)) + format_rom(header.rom_address) +
	       field("control", formatted("0x{:04x}", header.bridge_control));
}

std::string format(const Capability &capability)
{
	const auto offset = formatted("0x{:02x}", capability.offset);

	if (!capability.extended)
		return field(offset, name_of(capability));
	return field(offset, formatted("{}, version {}", name_of(capability), capability.version));
}

std::string format_capabilities(const ConfigReport &report)
{
	std::string text;

	if (!report.capabilities)
		return field("capabilities", "unknown: " + report.capabilities_error);
	for (const auto &capability : *report.capabilities)
		text += format(capability);
	return text;
}

} // namespace

std::string format_config(const ConfigReport &report)
{
	auto text = format_common(report.header);

	if (report.header.endpoint)
		text += format(*report.header.endpoint);
	if (report.header.bridge)
		text += format(*report.header.bridge);
	return text + format_capabilities(report);
}

} // namespace pcipeek::tools
