// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include <pcipeek/address.hpp>

#include <linux/pcipeek.h>

#include <cstdint>
#include <string>

/** Command lines for root that clear the way to a BAR. */
namespace pcipeek::detail::cure {

/** Makes it decode its memory, or its I/O ports; makes a bridge forward them. */
std::string decode(const Address &address, bool memory);

/** Wakes it up. */
std::string wake(const Address &address);

/** The kernel gives it, and all that is behind it, addresses and bus numbers again. */
std::string find_again(const Address &address);

/**
 * The same for a device with BARs: `pcipeek reload` where that is not refused.
 * @param granted  It is bound to pcipeek.
 */
std::string reload(const Address &address, bool granted);

/** Opens the window of a bridge that @p info names, as the kernel had it. */
std::string open_window(const Address &bridge, const pcipeek_bar_info &info);

/**
 * Writes the address of VF BAR @p bar again, in the SR-IOV capability.
 * @param bits  32 or 64, of the BAR.
 */
std::string restore_vf_bar(const Address &physical, unsigned bar, unsigned bits,
			   std::uint64_t start);

} // namespace pcipeek::detail::cure
