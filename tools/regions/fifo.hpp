// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include "regions/place.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>

namespace pcipeek::tools {

/*
 * Reads the first element of the place as often as the place has elements, and hands
 * on each value. What was read before a failure is handed on, too: it is no longer in
 * the FIFO.
 */
using UseValue = std::function<void(std::uint64_t value)>;
void read_fifo(const Place &place, const UseValue &use);

/*
 * Writes the elements of a little-endian image to the first element of the place; @before
 * bytes of the same transfer have been written, which the text of an error counts.
 */
void write_fifo(const Place &place, std::span<const std::byte> image, std::uint64_t before = 0);

} // namespace pcipeek::tools
