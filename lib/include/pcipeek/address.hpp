// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include <pcipeek/export.hpp>

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace pcipeek {

/**
 * @brief Where a PCI function is: domain, bus, device and function number.
 *
 * A plain value. Addresses order by domain, bus, device, function, which is the
 * order in which lspci() returns devices. The numbers are not checked here; an
 * address that nobody has is an address at which no device is found.
 */
struct Address {
	/** PCI domain (segment). 32 bits: some host bridges number theirs from 0x10000. */
	std::uint32_t domain = 0;
	std::uint8_t bus = 0;
	/** 0 to 31. */
	std::uint8_t device = 0;
	/** 0 to 7. */
	std::uint8_t function = 0;

	auto operator<=>(const Address &) const = default;

	/**
	 * @brief Reads the notation of lspci and of the kernel: [domain:]bus:device.function.
	 *
	 * All numbers are hexadecimal, without 0x, in either case: up to eight digits
	 * of domain (0 when it is left out), one or two of bus and device, one of
	 * function: "05:0d.0", "0000:05:0d.0", "10000:e1:00.0".
	 *
	 * @return The address; nullopt if the text is anything else, a number is out
	 * of range, or something follows the address.
	 */
	PCIPEEK_API static std::optional<Address> parse(std::string_view text);
};

/**
 * @brief The address as the kernel writes it: "0000:05:0d.0".
 *
 * Lower-case hexadecimal, at least four digits of domain, two of bus and device,
 * one of function. The result names the device's directory under
 * /sys/bus/pci/devices, and parse() takes it back.
 */
PCIPEEK_API std::string to_string(const Address &address);

} // namespace pcipeek
