// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include "access/channel.hpp"
#include "errors/attempt.hpp"

#include <pcipeek/device.hpp>

#include <cstdint>
#include <memory>
#include <span>

namespace pcipeek::detail {

/** PCIPEEK_RIGHT_* bits that are to stay; without any BAR: all that there are. */
std::uint64_t rights_of(const Restriction &restriction, const Attempt &attempt);

/**
 * Takes all other rights away from the files, some of which may be null. Each right that is
 * to stay must be there in one of them.
 */
void drop_rights_of(std::span<const std::unique_ptr<Channel>> files, std::uint64_t rights,
		    const Attempt &attempt);

/** Throws if an attached channel has less than the options ask for. */
void check_rights(Channel &channel, const OpenOptions &options, const Attempt &attempt);

} // namespace pcipeek::detail
