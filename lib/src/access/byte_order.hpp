// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include <pcipeek/width.hpp>

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

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

/** Turns what was read into the CPU's byte order, also when an error ends the reading. */
struct CpuOrder {
	std::byte *image;
	Width width;
	std::size_t count;

	~CpuOrder()
	{
		swap_elements(image, width, count);
	}
};

/** Values as the device's byte image, for as long as this lives. */
class DeviceOrder {
public:
	DeviceOrder(const void *values, Width width, std::size_t count)
		: image_{static_cast<const std::byte *>(values)}
	{
		if constexpr (std::endian::native == std::endian::big) {
			copy_.assign(image_, image_ + count * bytes(width));
			swap_elements(copy_.data(), width, count);
			image_ = copy_.data();
		}
	}
	DeviceOrder(const DeviceOrder &) = delete;
	DeviceOrder &operator=(const DeviceOrder &) = delete;

	const std::byte *image() const noexcept
	{
		return image_;
	}

private:
	const std::byte *image_;
	std::vector<std::byte> copy_;
};

} // namespace pcipeek::detail
