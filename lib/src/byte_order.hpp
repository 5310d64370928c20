// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include <pcipeek/width.hpp>

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>

/** PCI is little-endian: the byte at the lowest offset is the least significant one. */
namespace pcipeek::detail {

inline std::uint64_t load_little_endian(const std::byte *image, Width width) noexcept
{
	std::uint64_t value = 0;
	for (unsigned i = bytes(width); i-- > 0;)
		value = value << 8 | std::to_integer<std::uint64_t>(image[i]);
	return value;
}

inline void store_little_endian(std::byte *image, Width width, std::uint64_t value) noexcept
{
	for (unsigned i = 0; i < bytes(width); i++, value >>= 8)
		image[i] = static_cast<std::byte>(value);
}

/** Turns elements from the device's byte order into the CPU's, or back. */
inline void swap_elements([[maybe_unused]] std::byte *image, [[maybe_unused]] Width width,
			  [[maybe_unused]] std::size_t count) noexcept
{
	if constexpr (std::endian::native == std::endian::big)
		for (; count > 0; count--, image += bytes(width))
			std::reverse(image, image + bytes(width));
}

} // namespace pcipeek::detail
