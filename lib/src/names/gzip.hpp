// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace pcipeek::detail {

/** Whether the data begins as gzip's does (RFC 1952, section 2.3.1). */
bool is_gzip(std::string_view data);

/**
 * Decompresses it; nullopt if it is damaged or cut off, if more than `limit` bytes come
 * out, or if this machine has no zlib, which is loaded at the first call.
 */
std::optional<std::string> gunzip(std::string_view data, std::size_t limit);

} // namespace pcipeek::detail
