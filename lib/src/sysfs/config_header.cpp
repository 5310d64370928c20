// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "sysfs/config_header.hpp"

#include "access/byte_order.hpp"

namespace pcipeek::detail {
namespace {

using Image = std::span<const std::byte, header_size>;

std::uint8_t byte_at(Image image, std::size_t offset)
{
	return std::to_integer<std::uint8_t>(image[offset]);
}

std::uint16_t word_at(Image image, std::size_t offset)
{
	return static_cast<std::uint16_t>(load_little_endian(&image[offset], Width::w16));
}

std::uint32_t long_at(Image image, std::size_t offset)
{
	return static_cast<std::uint32_t>(load_little_endian(&image[offset], Width::w32));
}

std::uint64_t upper_half(std::uint32_t value)
{
	return std::uint64_t{value} << 32;
}

EndpointHeader decode_endpoint(Image image)
{
	EndpointHeader header{.cardbus_cis = long_at(image, 0x28),
			      .subsystem_vendor_id = word_at(image, 0x2c),
			      .subsystem_id = word_at(image, 0x2e),
			      .rom_address = long_at(image, 0x30),
			      .min_grant = byte_at(image, 0x3e),
			      .max_latency = byte_at(image, 0x3f)};
	for (std::size_t i = 0; i < header.bars.size(); i++)
		header.bars[i] = long_at(image, 0x10 + 4 * i);
	return header;
}

// The registers have the upper bits of the addresses, and below them what kind they are:
// 1 means that there are further registers, with still higher bits.

BridgeHeader::Range decode_io(Image image)
{
	const std::uint32_t first = byte_at(image, 0x1c);
	const std::uint32_t last = byte_at(image, 0x1d);
	const bool wide = (first & 0xf) == 1;
	const std::uint32_t first_upper = wide ? word_at(image, 0x30) : 0;
	const std::uint32_t last_upper = wide ? word_at(image, 0x32) : 0;

	return {.first = first_upper << 16 | (first & 0xf0) << 8,
		.last = last_upper << 16 | (last & 0xf0) << 8 | 0xfff};
}

BridgeHeader::Range decode_memory(Image image, std::size_t offset)
{
	return {.first = (word_at(image, offset) & 0xfff0u) << 16,
		.last = (word_at(image, offset + 2) & 0xfff0u) << 16 | 0xfffff};
}

BridgeHeader::Range decode_prefetchable(Image image)
{
	BridgeHeader::Range range = decode_memory(image, 0x24);
	if ((word_at(image, 0x24) & 0xf) == 1) {
		range.first |= upper_half(long_at(image, 0x28));
		range.last |= upper_half(long_at(image, 0x2c));
	}
	return range;
}

BridgeHeader decode_bridge(Image image)
{
	return {.bars = {long_at(image, 0x10), long_at(image, 0x14)},
		.primary_bus = byte_at(image, 0x18),
		.secondary_bus = byte_at(image, 0x19),
		.subordinate_bus = byte_at(image, 0x1a),
		.secondary_latency_timer = byte_at(image, 0x1b),
		.secondary_status = word_at(image, 0x1e),
		.io = decode_io(image),
		.memory = decode_memory(image, 0x20),
		.prefetchable = decode_prefetchable(image),
		.rom_address = long_at(image, 0x38),
		.bridge_control = word_at(image, 0x3e)};
}

} // namespace

ConfigHeader decode_header(Image image)
{
	constexpr std::uint8_t cardbus = 2;
	const std::uint8_t type = byte_at(image, 0x0e);

	ConfigHeader header{.vendor_id = word_at(image, 0x00),
			    .device_id = word_at(image, 0x02),
			    .command = word_at(image, 0x04),
			    .status = word_at(image, 0x06),
			    .revision_id = byte_at(image, 0x08),
			    .class_code = long_at(image, 0x08) >> 8,
			    .cache_line_size = byte_at(image, 0x0c),
			    .latency_timer = byte_at(image, 0x0d),
			    .header_type = static_cast<std::uint8_t>(type & 0x7f),
			    .multi_function = (type & 0x80) != 0,
			    .bist = byte_at(image, 0x0f),
			    .interrupt_line = byte_at(image, 0x3c),
			    .interrupt_pin = byte_at(image, 0x3d)};
	header.capabilities = byte_at(image, header.header_type == cardbus ? 0x14 : 0x34) & 0xfc;
	if (header.header_type == 0)
		header.endpoint = decode_endpoint(image);
	if (header.header_type == 1)
		header.bridge = decode_bridge(image);
	return header;
}

} // namespace pcipeek::detail
