// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "sysfs/config_answer.hpp"

#include <algorithm>

namespace pcipeek::detail {

bool is_silent_header(std::uint64_t offset, std::span<const std::byte> data) noexcept
{
	return offset <= header_type && header_type - offset < data.size() &&
	       data[header_type - offset] == no_answer;
}

bool is_all_ones(std::span<const std::byte> data) noexcept
{
	return std::ranges::all_of(data, [](std::byte byte) { return byte == std::byte{0xff}; });
}

std::span<const std::byte> first_access(std::uint64_t offset, std::span<const std::byte> data)
{
	for (const std::size_t width : {std::size_t{4}, std::size_t{2}})
		if (offset % width == 0 && data.size() >= width)
			return data.first(width);
	return data.first(1);
}

std::size_t leading_ones(std::uint64_t offset, std::span<const std::byte> data)
{
	std::size_t size = 0;
	while (size < data.size()) {
		const auto access = first_access(offset + size, data.subspan(size));
		if (!is_all_ones(access))
			break;
		size += access.size();
	}
	return size;
}

} // namespace pcipeek::detail
