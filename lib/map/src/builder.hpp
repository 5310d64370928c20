// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include "text.hpp"

#include <pcipeek/map.hpp>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace pcipeek {
namespace map {

/**
 * A block at the top level of a file, with everything in it: what `place` moves as a whole.
 * Offsets of its registers count from its base until build() adds that.
 */
struct Unit {
	/** Of the block; empty for registers that are directly in a region. */
	std::string name;
	/** In bytes from the start of the region; of SVD and LiteX, the address in the file. */
	std::uint64_t base = 0;
	/** Its own block first, then those inside. At least one. */
	std::vector<std::shared_ptr<Block>> blocks;
	/** Arrays are expanded, and names complete: "UART0.RING1.HEAD". */
	std::vector<Register> registers;

	/** Puts it, with all blocks in it, into a region. */
	void move_to(const Region &region, std::uint64_t new_base);
};

} // namespace map

/** What readers fill in, and the one way to a Map. */
struct MapBuilder {
	/** The file, for errors. */
	std::string file;
	std::string name;
	std::string description;
	std::vector<std::string> matches;
	std::vector<map::Unit> units;

	/**
	 * Checks what no format can promise: names that are not unique, fields beyond their
	 * register, widths, offsets beyond 64 bits. Throws MapError with the file and the element.
	 */
	Map build() &&;
};

namespace map {

/** How many registers a file may have after expansion; more is an error, not a full memory. */
inline constexpr std::size_t most_registers = 250'000;

/** Throws MapError: "FILE:LINE: COMPLAINT", or "FILE: COMPLAINT" for line 0. */
[[noreturn]] void fail(const std::string &file, std::size_t line, const std::string &complaint);

/**
 * The readers. @p file is for errors and for the folder of included files; @p depth
 * counts the files that include this one.
 */
MapBuilder read_toml(std::string_view text, const std::string &file, unsigned depth = 0);
MapBuilder read_svd(std::string_view text, const std::string &file);

/** Also says what is to be taken off the addresses: memories.csr.base, or 0. */
MapBuilder read_litex(std::string_view text, const std::string &file, std::uint64_t &origin);

/** A file of any format, as an include names it; @p origin as of read_litex(), or 0. */
MapBuilder read_file(const std::filesystem::path &file, std::uint64_t &origin, unsigned depth);

} // namespace map
} // namespace pcipeek
