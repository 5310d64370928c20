// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include <pcipeek/config_header.hpp>

#include <cstddef>
#include <span>

namespace pcipeek::detail {

/** The bytes that every header has. */
inline constexpr std::size_t header_size = 64;

/** Decodes the first bytes of a configuration space. */
ConfigHeader decode_header(std::span<const std::byte, header_size> image);

} // namespace pcipeek::detail
