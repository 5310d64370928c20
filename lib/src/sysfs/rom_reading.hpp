// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include "sysfs/binding.hpp"

#include <pcipeek/rom.hpp>

#include <cstddef>
#include <functional>
#include <span>
#include <sys/types.h>

namespace pcipeek::detail {

/** pread(2) of the file "rom", which tests replace by what other programs do to it. */
using RomReader = std::function<ssize_t(int fd, std::span<std::byte> piece, off_t offset)>;
ssize_t read_rom_piece(int fd, std::span<std::byte> piece, off_t offset) noexcept;

/** Rom::read(), with the switch worked by that writer, and the file read by that reader. */
std::vector<std::byte> read_rom(const Address &address, const SysfsWriter &write,
				const RomReader &read = read_rom_piece);

} // namespace pcipeek::detail
