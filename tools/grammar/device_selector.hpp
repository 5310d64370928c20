// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include <pcipeek/address.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace pcipeek::tools {

struct Ids {
	std::uint16_t vendor;
	std::uint16_t device;
};

/*
 * How a person names a device:
 *
 *     [domain:]bus:device.function     a dot means an address, all in hexadecimal
 *     vvvv:dddd                        ids, four hexadecimal digits each
 *     vvvv:dddd@[domain:]bus:dev.fn    that address, and these ids must be there
 *     vvvv:dddd@N                      the N-th of them in address order, from 0
 *
 * Pure syntax. At least one of @address and @ids is set.
 */
struct DeviceSelector {
	std::string text; /* as written */
	std::optional<Ids> ids;
	std::optional<Address> address;
	std::optional<std::size_t> index; /* only with @ids */
};

/* Throws UsageError. */
DeviceSelector parse_device(std::string_view text);

} // namespace pcipeek::tools
