// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include <pcipeek/address.hpp>
#include <pcipeek/device.hpp>
#include <pcipeek/export.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace pcipeek {

/**
 * @brief How a person names a device, to this library and to the command:
 *
 *     [domain:]bus:device.function     a dot means an address, all in hexadecimal
 *     vvvv:dddd                        ids, four hexadecimal digits each
 *     vvvv:dddd@[domain:]bus:dev.fn    that address, and these ids must be there
 *     vvvv:dddd@N                      the N-th of them in address order, from 0
 */
struct DeviceSelector {
	/** @brief The ids of a vendor and of one of its devices. */
	struct Ids {
		std::uint16_t vendor;
		std::uint16_t device;
	};

	/** As written. */
	std::string text;
	/** At least one of ids and address is set. */
	std::optional<Ids> ids = {};
	std::optional<Address> address = {};
	/** Only with ids. */
	std::optional<std::size_t> index = {};

	/**
	 * @brief Looks at the text and at nothing else. May be called from any thread.
	 * @throws Error EINVAL, Cause::invalid: what() quotes it, with the column.
	 */
	PCIPEEK_API static DeviceSelector parse(std::string_view text);
};

/**
 * @brief The one device that is meant: find("05:0d.0"), find("1147:0c8e@0").
 *
 * Like lspci() it needs no right, opens nothing and accesses nothing. May be called from
 * any thread.
 *
 * @throws Error ENODEV, Cause::gone: there is none; EINVAL, Cause::invalid: the text is
 * malformed, or several devices match, which what() lists; and what lspci() throws.
 */
PCIPEEK_API Device find(std::string_view text);

/** @brief The same of a text that was looked at before. */
PCIPEEK_API Device find(const DeviceSelector &selector);

} // namespace pcipeek
