// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include "grammar/scanner.hpp"

#include <pcipeek/register_map.hpp>
#include <pcipeek/width.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace pcipeek::tools {

using map::Space;

/* Bits high to low of one element, both inclusive, bit 0 the least significant. */
struct BitField {
	unsigned high;
	unsigned low;

	unsigned bits() const;

	/* The field's value in @element. */
	std::uint64_t of(std::uint64_t element) const;
};

/* A register of the device's map by its name, and one of its fields. */
struct Symbol {
	std::string reg; /* "STATUS", "CH2.CTRL", "bar1.STATUS" */
	std::string field; /* empty: all of the register, or bits by their numbers */
};

/* What the map says of a register; see names/described.hpp. */
struct Described;

/*
 * One or more elements of a region:
 *
 *     REGION[+OFFSET]...[.WIDTH][,COUNT|..END][:HI[:LO]]
 *     [BLOCK.]REGISTER[,COUNT][:FIELD|:HI[:LO]]
 *
 * Pure syntax: nothing is known about the device yet. @bar is whatever number was
 * written (0 to 255); whether the device has that BAR, and whether it is large
 * enough, is asked later. A register that was written by its name is only a @symbol
 * at first: it has no region, offset and width until Names finds it.
 */
struct Location {
	std::string text; /* as written */
	std::string name; /* what it is called in labels, if it has a name */
	std::optional<Symbol> symbol; /* what is still to be found */
	std::shared_ptr<const Described> described; /* once it was found */
	Space space = Space::bar;
	unsigned bar = 0;
	std::uint64_t offset = 0; /* bytes from the start of the region */
	Width width = Width::w32;
	std::optional<std::uint64_t> count; /* elements; at least 1 */
	std::optional<BitField> field;

	/* Whether setpci has a say in how its numbers are read: see take_config_number(). */
	bool is_in_config() const;

	/* How many elements: @count, or one if nothing was said. */
	std::uint64_t elements() const;

	/* Whether all of them are in a region of @size bytes. */
	bool is_inside(std::uint64_t size) const;

	/* "bar0", "config", "rom" */
	std::string region() const;

	/* ":7:4", ":7" or nothing. */
	std::string field_label() const;

	/* "bar0+0x08", "bar0+0x08:7:4" or the name, of the element @index. */
	std::string label(std::uint64_t index = 0) const;

	/* The location as it could have been written: "bar0+0x08.l,4:7:4". */
	std::string canonical() const;
};

/* Reads a whole argument. Throws UsageError. */
Location parse_location(std::string_view text);

/* Reads a location and stops behind it, as ASSIGN needs it. Throws UsageError. */
Location take_location(Scanner &in);

/* The parts of it, for places that are named in another way. */
void take_offsets_and_width(Scanner &in, Location &location);
void take_extent_and_field(Scanner &in, Location &location);

/* "STATUS", "CH2.CTRL": names with dots between them, to be found in a map. */
void take_symbol(Scanner &in, Location &location);
void take_count_and_field(Scanner &in, Location &location);

/* Whether a name comes first: neither a region nor a number. */
bool begins_with_symbol(std::string_view text);

/* Steps over the dot before another part of a name; a width is none. */
bool take_qualifier(Scanner &in);

/* Throws UsageError unless the location is in a BAR, or not found yet. */
void require_bar(const Location &location);

} // namespace pcipeek::tools
