// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include "access/channel.hpp"

#include <linux/pcipeek.h>
#include <pcipeek/batch.hpp>

#include <chrono>
#include <span>

namespace pcipeek::detail {

/**
 * Throws what became of a batch that had so much time: the BatchError of the operation that
 * failed, or, if it was none, the Error of the whole.
 */
[[noreturn]] void fail_batch(int code, Channel &channel, const Device &device,
			     std::span<const pcipeek_op> ops, std::chrono::nanoseconds time,
			     BatchResult result);

} // namespace pcipeek::detail
