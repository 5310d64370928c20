// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include "fake_sysfs.hpp"

#include <pcipeek/pcipeek.hpp>

#include <cstdint>
#include <string>

namespace pcipeek::test {

// A configuration space to be put below a FakeSysfs. All zero at first.
class ConfigImage {
public:
	explicit ConfigImage(std::size_t size = 256) : bytes_(size, '\0')
	{
	}

	ConfigImage &put(std::size_t offset, Width width, std::uint64_t value)
	{
		for (unsigned i = 0; i < bytes(width); i++)
			bytes_.at(offset + i) = static_cast<char>(value >> 8 * i);
		return *this;
	}

	// Puts an entry of the list of capabilities, and makes STATUS and the pointer
	// say that there is one if it is the first.
	ConfigImage &capability(std::uint8_t offset, std::uint8_t id, std::uint8_t next)
	{
		if (bytes_[0x34] == 0)
			put(0x06, Width::w16, 0x10).put(0x34, Width::w8, offset);
		return put(offset, Width::w16, std::uint64_t{next} << 8 | id);
	}

	ConfigImage &extended(std::uint16_t offset, std::uint16_t id, unsigned version,
			      std::uint32_t next)
	{
		return put(offset, Width::w32, next << 20 | version << 16 | id);
	}

	const std::string &text() const
	{
		return bytes_;
	}

	// Makes it the configuration space of the board, and opens that.
	Config config(FakeSysfs &sysfs) const
	{
		sysfs.write("/sys/devices/" + to_string(memory_board().address) + "/config",
			    bytes_);
		return Config{lspci({.vendor = 0x1147, .device = 0x0c8e}).at(0)};
	}

private:
	std::string bytes_;
};

} // namespace pcipeek::test
