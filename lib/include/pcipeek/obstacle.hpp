// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include <pcipeek/bar.hpp>
#include <pcipeek/error.hpp>
#include <pcipeek/export.hpp>

#include <optional>
#include <string>

namespace pcipeek {

/** @brief What keeps accesses from reaching a BAR. */
struct Obstacle {
	/** The cause that the Error of an access would have now. */
	Cause cause = Cause::other;
	/** For people: why, and what to do. One line. */
	std::string text;
};

/**
 * @brief Looks for what keeps accesses from reaching the BAR at this moment.
 *
 * Reads configuration registers of the device, of its physical function, and of the
 * bridges above it; no BAR. See BAR_INFO in <linux/pcipeek.h>. May be called from any
 * thread.
 *
 * @return nullopt if nothing does. An access that follows may still fail: the answer is
 * old as soon as it is there.
 * @throws Error the device cannot be opened for reading, or it is gone or in a reset.
 */
PCIPEEK_API std::optional<Obstacle> find_obstacle(const Bar &bar);

} // namespace pcipeek
