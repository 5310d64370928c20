// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include "access/channel.hpp"
#include "errors/attempt.hpp"

#include <linux/pcipeek.h>
#include <pcipeek/bar.hpp>

#include <optional>

namespace pcipeek::detail {

/** BAR_INFO: 0 or an errno. */
int query_bar(Channel &channel, unsigned index, pcipeek_bar_info &info) noexcept;

/** What @reach of the answer means, and what to do; nullopt if it is OK or not known. */
std::optional<Diagnosis> diagnose_reach(const pcipeek_bar_info &info, Channel &channel,
					const Bar &bar);

/** The same, asked now. */
std::optional<Diagnosis> diagnose_reach(Channel &channel, const Bar &bar);

} // namespace pcipeek::detail
