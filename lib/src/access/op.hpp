// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include "access/channel.hpp"
#include "errors/attempt.hpp"

#include <linux/pcipeek.h>
#include <pcipeek/bar.hpp>
#include <pcipeek/condition.hpp>
#include <pcipeek/masked.hpp>
#include <pcipeek/width.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>

/**
 * The operations of a batch. What makes one checks it, and throws what is wrong: no batch
 * should come back from the module because of its form.
 */
namespace pcipeek::detail {

/** The most time that one batch, and so any wait in it, can have. */
inline constexpr std::chrono::nanoseconds longest_batch{PCIPEEK_BATCH_MAX_TIMEOUT_NS};

pcipeek_op make_read(const Bar &bar, std::uint64_t offset, Width width);
pcipeek_op make_write(const Bar &bar, std::uint64_t offset, Width width, std::uint64_t value);
pcipeek_op make_update(const Bar &bar, std::uint64_t offset, Width width, const Masked &masked);
/** Without a timeout: one read. */
pcipeek_op make_poll(const Bar &bar, std::uint64_t offset, Width width, const Condition &condition,
		     std::chrono::microseconds interval);

/** Gives a batch its operations, and runs it. Returns 0 or the errno. */
int submit(Channel &channel, pcipeek_batch &batch, std::span<pcipeek_op> ops) noexcept;

/**
 * A POLL on a device ran out of time, after so much of it; what it looked for, and what it
 * found, as the caller's Condition has them. Without a time, that is not said.
 */
Error::Details unmet(const pcipeek_op &poll, const Address &device,
		     std::optional<std::chrono::nanoseconds> time);

} // namespace pcipeek::detail
