// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include "access/channel.hpp"
#include "device/identity.hpp"
#include "errors/attempt.hpp"

#include <memory>

namespace pcipeek::detail {

/** The environment variable with the number of the descriptor that a program inherits. */
inline constexpr const char *inherited_variable = "PCIPEEK_FD";

/**
 * A channel by a duplicate of the descriptor that the environment names; null if it names
 * none. Ends the attempt if it names one that is not an open, live file of that device:
 * who was handed one device must not fall back to opening a node unnoticed.
 */
std::unique_ptr<Channel> inherit(const Identity &identity, const Attempt &attempt);

} // namespace pcipeek::detail
