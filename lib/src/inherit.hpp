// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include "channel.hpp"
#include "identity.hpp"

#include <memory>

namespace pcipeek::detail {

/** Names the descriptor of a window that this program was given. */
inline constexpr const char *inherited_variable = "PCIPEEK_FD";

/**
 * A channel by a duplicate of the descriptor that the environment names, if it is a window
 * on that device, which has not ended; otherwise null. Leaves the descriptor to others.
 */
std::unique_ptr<Channel> inherit(const Identity &identity);

} // namespace pcipeek::detail
