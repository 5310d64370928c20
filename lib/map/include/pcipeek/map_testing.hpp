// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include <pcipeek/export.hpp>
#include <pcipeek/map.hpp>
#include <pcipeek/testing.hpp>

#include <memory>

namespace pcipeek::testing {

/**
 * @brief What a board with this map is: the ids of the first device that it says it is for,
 * and memory BARs that are large enough for its registers, at least 4096 bytes each.
 */
PCIPEEK_API FakeBoardOptions options_from(const Map &map);

/**
 * @brief A simulated board whose registers behave as their map says.
 *
 *     const auto board = pcipeek::testing::board_from(pcipeek::Map::load("edu.toml"));
 *     board->on_write(0, 0x08, ...);              // what no map says: what the board does
 *
 * Registers hold their reset values. Read-only bits stay as they are at a write, bits that are
 * written with 1 or 0 to clear, set or toggle do so, and write-only bits read as 0. A read
 * clears or sets what the map says it does. set() and get() see what is stored, and obey
 * none of this. on_read() for a register takes the place of what the map says of reads.
 *
 * All this is about accesses that begin at a register, or at a word of one that has several.
 * Registers in configuration space, and those whose place the device tells, are left out.
 *
 * @param options Ids and BARs; BARs that are too small for the map become larger.
 * @throws What FakeBoard throws.
 */
PCIPEEK_API std::unique_ptr<FakeBoard> board_from(const Map &map, FakeBoardOptions options);

/** @brief The same with options_from(map). */
PCIPEEK_API std::unique_ptr<FakeBoard> board_from(const Map &map);

} // namespace pcipeek::testing
