// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

/**
 * @file
 * @brief libpcipeek: the registers behind the BARs of a PCI device.
 *
 *     #include <pcipeek/pcipeek.hpp>
 *
 *     pcipeek::Bar bar2 = pcipeek::find("1147:0c8e").bar(2);
 *     std::vector<std::byte> bytes = pcipeek::read(bar2, 0x0c, 4);
 *     auto value = pcipeek::read<std::uint32_t>(bar2, 0x0c);
 *     pcipeek::write(bar2, 0x04, std::uint8_t{1});
 *
 * Link with `pkg-config --cflags --libs pcipeek`, or with the CMake target
 * pcipeek::pcipeek of find_package(pcipeek).
 *
 * The parts, in the order of reading: address.hpp, width.hpp, bar.hpp, device.hpp,
 * find.hpp, enumerate.hpp, access.hpp, error.hpp, obstacle.hpp, link.hpp, bind.hpp,
 * reload.hpp; masked.hpp, condition.hpp, wait.hpp, fifo.hpp, batch.hpp, mapping.hpp. With
 * generated headers: registers.hpp.
 */

#include <pcipeek/access.hpp>
#include <pcipeek/address.hpp>
#include <pcipeek/bar.hpp>
#include <pcipeek/batch.hpp>
#include <pcipeek/bind.hpp>
#include <pcipeek/condition.hpp>
#include <pcipeek/config.hpp>
#include <pcipeek/device.hpp>
#include <pcipeek/enumerate.hpp>
#include <pcipeek/error.hpp>
#include <pcipeek/fifo.hpp>
#include <pcipeek/find.hpp>
#include <pcipeek/legacy.hpp>
#include <pcipeek/link.hpp>
#include <pcipeek/mapping.hpp>
#include <pcipeek/masked.hpp>
#include <pcipeek/monitor.hpp>
#include <pcipeek/obstacle.hpp>
#include <pcipeek/reload.hpp>
#include <pcipeek/rom.hpp>
#include <pcipeek/state.hpp>
#include <pcipeek/wait.hpp>
#include <pcipeek/width.hpp>
