// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include <pcipeek/bar.hpp>
#include <pcipeek/condition.hpp>
#include <pcipeek/error.hpp>
#include <pcipeek/export.hpp>
#include <pcipeek/width.hpp>

#include <chrono>
#include <cstdint>

namespace pcipeek {

/**
 * @brief A register did not meet a condition in time.
 *
 * code() is ETIMEDOUT, cause() is Cause::timed_out. what() has the timeout, the last value
 * and the condition: "0000:05:0d.0: timed out after 10 ms: bar0+0x20 is 0x81, expected 0x0
 * under mask 0x1".
 */
class PCIPEEK_API TimeoutError : public Error {
public:
	/** @cond For the library itself. */
	TimeoutError(Details details, std::uint64_t last_value);
	/** @endcond */
	TimeoutError(const TimeoutError &) noexcept;
	TimeoutError &operator=(const TimeoutError &) noexcept;
	~TimeoutError() override;

	/** @brief The whole register as it was last read, after the time was up. */
	std::uint64_t last_value() const noexcept;

private:
	std::uint64_t last_value_;
};

/**
 * @brief Reads a register until it meets the condition.
 *
 * The kernel reads, and sleeps in between: it looks at once, then every interval, and
 * a last time when the time is up. A timeout of 0 (or less) is one read. An interval of
 * 0 leaves it to the kernel: a microsecond at first, and after that a quarter of the time
 * that has passed, up to a millisecond.
 *
 * There is no limit to the timeout. A signal handler runs in between, and the waiting
 * goes on. May be called from any thread; it keeps nobody from the device.
 *
 * @return The value that met the condition.
 * @throws TimeoutError; Error EAGAIN, Cause::reset: the device was reset meanwhile; and
 * what a read throws.
 */
PCIPEEK_API std::uint64_t wait_until(const Bar &bar, std::uint64_t offset,
				     const Condition &condition, std::chrono::nanoseconds timeout,
				     std::chrono::microseconds interval = {},
				     Width width = Width::w32);

} // namespace pcipeek
