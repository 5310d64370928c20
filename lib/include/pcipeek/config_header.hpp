// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include <array>
#include <cstdint>
#include <optional>

namespace pcipeek {

/**
 * @brief The part of the header that devices have (header type 0).
 *
 * PCI Local Bus Specification 3.0, figure 6-1.
 */
struct EndpointHeader {
	/** As the registers say, with their low flag bits. */
	std::array<std::uint32_t, 6> bars = {};
	std::uint32_t cardbus_cis = 0;
	std::uint16_t subsystem_vendor_id = 0;
	std::uint16_t subsystem_id = 0;
	/** Bit 0: the ROM is decoded. */
	std::uint32_t rom_address = 0;
	/** In quarters of a microsecond; 0 with PCI Express. */
	std::uint8_t min_grant = 0;
	std::uint8_t max_latency = 0;
};

/**
 * @brief The part of the header that bridges have (header type 1).
 *
 * PCI-to-PCI Bridge Architecture Specification 1.2, section 3.2. The windows are
 * put together from their registers, first and last address, inclusive. A window
 * whose end is below its beginning is closed.
 */
struct BridgeHeader {
	/** What the bridge passes on. */
	struct Range {
		std::uint64_t first = 0;
		std::uint64_t last = 0;

		bool is_open() const noexcept
		{
			return first <= last;
		}
		bool operator==(const Range &) const = default;
	};

	std::array<std::uint32_t, 2> bars = {};
	std::uint8_t primary_bus = 0;
	std::uint8_t secondary_bus = 0;
	std::uint8_t subordinate_bus = 0;
	std::uint8_t secondary_latency_timer = 0;
	std::uint16_t secondary_status = 0;
	Range io = {};
	Range memory = {};
	Range prefetchable = {};
	std::uint32_t rom_address = 0;
	std::uint16_t bridge_control = 0;
};

/**
 * @brief The header of a configuration space, decoded.
 *
 * The ids are those of the registers. Of a virtual function (SR-IOV) the vendor and
 * device id read as 0xffff here; Device knows them.
 */
struct ConfigHeader {
	std::uint16_t vendor_id = 0;
	std::uint16_t device_id = 0;
	std::uint16_t command = 0;
	std::uint16_t status = 0;
	std::uint8_t revision_id = 0;
	/** 24 bits: base class << 16 | sub-class << 8 | programming interface. */
	std::uint32_t class_code = 0;
	/** In units of four bytes. */
	std::uint8_t cache_line_size = 0;
	/** In clocks of the bus. */
	std::uint8_t latency_timer = 0;
	/** 0: device, 1: bridge, 2: CardBus bridge. */
	std::uint8_t header_type = 0;
	/** The device has further functions. */
	bool multi_function = false;
	std::uint8_t bist = 0;
	/** The offset of the first capability, 0 if there is none. */
	std::uint8_t capabilities = 0;
	/** The interrupt that firmware chose; the kernel's own is Device::irq(). */
	std::uint8_t interrupt_line = 0;
	/** 1 to 4: INTA to INTD; 0: none. */
	std::uint8_t interrupt_pin = 0;

	/** Set if header_type is 0. */
	std::optional<EndpointHeader> endpoint = {};
	/** Set if header_type is 1. */
	std::optional<BridgeHeader> bridge = {};
};

} // namespace pcipeek
