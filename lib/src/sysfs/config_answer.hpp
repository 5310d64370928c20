// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

/**
 * Whether bytes of configuration space are an answer. The data of all these functions
 * were read in one go, from the offset on.
 */
namespace pcipeek::detail {

/**
 * No header type is 0xff: the register has the answer to whether the device is there. The
 * vendor ID would not do, which is 0xffff in virtual functions.
 */
inline constexpr std::uint64_t header_type = 0x0e;
inline constexpr auto no_answer = std::byte{0xff};

/** Whether the header type is among the data, and says that nobody answered. */
bool is_silent_header(std::uint64_t offset, std::span<const std::byte> data) noexcept;

bool is_all_ones(std::span<const std::byte> data) noexcept;

/**
 * The bytes of the kernel's first access to the data, of which there are some: aligned, and
 * as wide as possible, up to 32 bits.
 */
std::span<const std::byte> first_access(std::uint64_t offset, std::span<const std::byte> data);

/** How many bytes at the start come from accesses that gave all ones. */
std::size_t leading_ones(std::uint64_t offset, std::span<const std::byte> data);

} // namespace pcipeek::detail
