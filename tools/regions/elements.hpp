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
 * Reads all bytes of a place, in ascending accesses of its width, and hands them
 * on in pieces that end with a whole element and a whole line of a hexdump.
 */
using UsePiece = std::function<void(std::span<const std::byte> piece)>;
void read_pieces(const Place &place, const UsePiece &use);

/* The same, element by element; @index counts from 0. */
using UseElement = std::function<void(std::uint64_t index, std::uint64_t value)>;
void read_elements(const Place &place, const UseElement &use);

} // namespace pcipeek::tools
