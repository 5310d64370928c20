// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include "grammar/location.hpp"

#include <pcipeek/width.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

namespace pcipeek::tools {

/* The element @index of a device's little-endian byte image. */
std::uint64_t element(std::span<const std::byte> image, std::size_t index, Width width);

/* Puts the value into the image, as the element @index. */
void store_element(std::span<std::byte> image, std::size_t index, Width width, std::uint64_t value);

/* "0x010000ed": as many digits as the element, or its bit field, can need. */
std::string format_element(const Location &location, std::uint64_t element);

/* The same of bits that are not in their place in the register: a VALUE, a MASK. */
std::string format_bits(const Location &location, std::uint64_t value);

} // namespace pcipeek::tools
