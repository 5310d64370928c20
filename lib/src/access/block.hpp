// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include <pcipeek/bar.hpp>
#include <pcipeek/width.hpp>

#include <cstddef>
#include <cstdint>

namespace pcipeek::detail {

/**
 * count accesses of one width, upwards, between a BAR and its byte image in memory.
 * The caller has checked them. One access is a READ or WRITE, more are a BLOCK.
 */
void read_image(const Bar &bar, std::uint64_t offset, Width width, std::byte *image,
		std::size_t count);
void write_image(const Bar &bar, std::uint64_t offset, Width width, const std::byte *image,
		 std::size_t count);

} // namespace pcipeek::detail
