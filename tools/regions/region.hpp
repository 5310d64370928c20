// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include "grammar/location.hpp"

#include <pcipeek/device.hpp>
#include <pcipeek/masked.hpp>
#include <pcipeek/width.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace pcipeek::tools {

/*
 * What locations are in: a BAR, the configuration space or the ROM of a device. To make
 * one accesses nothing. Offsets are in bytes from its start; images are little-endian.
 *
 * The accesses take what find_place() has checked, and throw what the library throws.
 */
class Region {
public:
	Region() = default;
	Region(const Region &) = delete;
	Region &operator=(const Region &) = delete;
	virtual ~Region() = default;

	virtual std::uint64_t size() const = 0;
	virtual bool is_writable() const = 0;

	/* How many bytes it has beyond size(), which the kernel hides from this caller. */
	virtual std::uint64_t hidden() const
	{
		return 0;
	}

	/* How many of size() bytes can be read at all. The ROM is read to find that out. */
	virtual std::uint64_t contents_size() const
	{
		return size();
	}

	/* The widest access, and why there is no wider one. */
	virtual Width widest() const = 0;
	virtual std::string_view why_no_wider() const = 0;

	/* Throws the error about a location that is not inside. */
	[[noreturn]] virtual void refuse_range(const Location &location) const = 0;

	/* Why there are hidden() bytes, and what to do; for an error, or a note. */
	virtual std::string why_hidden() const
	{
		return "";
	}

	/* Ascending accesses of that width. */
	virtual void read(std::uint64_t offset, std::span<std::byte> image, Width width) const = 0;

	/* One access. */
	virtual std::uint64_t read_value(std::uint64_t offset, Width width) const = 0;
	virtual void write_value(std::uint64_t offset, Width width, std::uint64_t value) const = 0;

	/* One read and one write. */
	virtual void update(std::uint64_t offset, Width width, const Masked &masked) const = 0;
};

/* Throws Error if the device does not have it. */
std::shared_ptr<const Region> find_region(const Device &device, const Location &location);

/* The same, each for one kind. */
std::shared_ptr<const Region> make_bar_region(const Bar &bar);
std::shared_ptr<const Region> make_config_region(const Device &device);
std::shared_ptr<const Region> make_rom_region(const Device &device);

} // namespace pcipeek::tools
