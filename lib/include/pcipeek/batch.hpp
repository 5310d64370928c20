// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include <pcipeek/bar.hpp>
#include <pcipeek/condition.hpp>
#include <pcipeek/device.hpp>
#include <pcipeek/error.hpp>
#include <pcipeek/export.hpp>
#include <pcipeek/masked.hpp>
#include <pcipeek/width.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <type_traits>
#include <vector>

struct pcipeek_op;

namespace pcipeek {

/**
 * @brief The results of a batch. A plain value; operations count from 0, in the order in
 * which they were added.
 */
class PCIPEEK_API BatchResult {
public:
	/** @cond For the library itself. */
	BatchResult() = default;
	BatchResult(std::vector<std::uint64_t> values, std::size_t done, std::uint64_t generation);
	/** @endcond */

	/** @brief The number of operations of the batch. */
	std::size_t size() const noexcept
	{
		return values_.size();
	}

	/** @brief How many succeeded; size() unless a BatchError was thrown. */
	std::size_t done() const noexcept
	{
		return done_;
	}

	/**
	 * @brief The result of one operation: the value of a read, the old value of an
	 * update, the last value of a poll (even if the poll timed out).
	 *
	 * 0 for operations that have no result, or did not run.
	 *
	 * @throws std::out_of_range if there is no such operation.
	 */
	std::uint64_t operator[](std::size_t operation) const
	{
		return values_.at(operation);
	}

	/** @brief The DeviceState::generation in which it ran; 0 if nothing ran. */
	std::uint64_t generation() const noexcept
	{
		return generation_;
	}

private:
	std::vector<std::uint64_t> values_;
	std::size_t done_ = 0;
	std::uint64_t generation_ = 0;
};

/**
 * @brief An operation of a batch failed. Those before it were done, each once; those
 * after it were not.
 *
 * code(), cause(), bar() and offset() are those of the operation; for a poll that timed
 * out they are ETIMEDOUT and Cause::timed_out.
 */
class PCIPEEK_API BatchError : public Error {
public:
	/** @cond For the library itself. */
	BatchError(Details details, std::size_t index, BatchResult result);
	/** @endcond */
	BatchError(const BatchError &) noexcept;
	BatchError &operator=(const BatchError &) noexcept;
	~BatchError() override;

	/** @brief The operation that failed, counted from 0. */
	std::size_t index() const noexcept;

	/** @brief What was done before. done() is index(), or 0 if nothing ran at all. */
	const BatchResult &result() const noexcept;

private:
	std::size_t index_;
	std::shared_ptr<const BatchResult> result_;
};

/**
 * @brief Up to 1024 operations on one device, run in order by one call into the kernel.
 *
 *     Batch b(device);
 *     b.write(bar0, 0x08, 5u).poll(bar0, 0x20, {.value = 0, .mask = 1}, 10ms).read(bar0, 0x08);
 *     BatchResult r = b.run();     // r[2] is the value read
 *
 * Each operation is checked when it is added, like a single access (access.hpp).
 * The kernel checks all of them again before the first one runs. A batch can
 * be run any number of times.
 *
 * A batch that writes is atomic against other batches that write, and against update(),
 * of all processes. It lets them in while it waits in poll() or delay(), unless
 * hold() is set. Plain accesses and mappings take no part in this.
 *
 * A value; copies are independent. Only one thread at a time may use it.
 *
 * Functions that add operations throw BadAccessError and Error as an access would; Error
 * EINVAL, Cause::invalid: the BAR belongs to another device, a value does not fit the
 * width, or a time is negative or more than 10 s; Error E2BIG, Cause::invalid: more
 * than 1024 operations. The batch is then unchanged.
 */
class PCIPEEK_API Batch {
public:
	explicit Batch(const Device &device);
	Batch(const Batch &);
	Batch(Batch &&) noexcept;
	Batch &operator=(const Batch &);
	Batch &operator=(Batch &&) noexcept;
	~Batch();

	/** @brief One read. */
	Batch &read(const Bar &bar, std::uint64_t offset, Width width = Width::w32);

	/** @brief One read; T sets the width: read<std::uint8_t>(bar, 5). */
	template <RegisterValue T>
	Batch &read(const Bar &bar, std::uint64_t offset)
	{
		return read(bar, offset, width_of<T>);
	}

	/** @brief One write of a width that is known at run time. */
	Batch &write_value(const Bar &bar, std::uint64_t offset, Width width, std::uint64_t value);

	/** @brief One write of 8, 16 or 32 bits; the type of the value sets the width. */
	template <RegisterValue T>
		requires(sizeof(T) < sizeof(std::uint64_t))
	Batch &write(const Bar &bar, std::uint64_t offset, T value)
	{
		return write_value(bar, offset, width_of<T>, value);
	}

	/** @brief One write of 64 bits, always named: write<std::uint64_t>(bar, 0x10, v). */
	template <std::same_as<std::uint64_t> T>
	Batch &write(const Bar &bar, std::uint64_t offset, std::type_identity_t<T> value)
	{
		return write_value(bar, offset, Width::w64, value);
	}

	/** @brief Changes some bits by one read and one write. Its result is the old value. */
	Batch &update(const Bar &bar, std::uint64_t offset, const Masked &masked,
		      Width width = Width::w32);

	/**
	 * @brief Reads until the condition is met, as wait_until() does; timeout is at
	 * most 10 s. If it is not met in time, the batch ends there.
	 */
	Batch &poll(const Bar &bar, std::uint64_t offset, const Condition &condition,
		    std::chrono::nanoseconds timeout, std::chrono::microseconds interval = {},
		    Width width = Width::w32);

	/** @brief Waits; all delays of a batch together are at most 10 s. */
	Batch &delay(std::chrono::nanoseconds time);

	/** @brief Waits until all earlier writes have reached the device, by a configuration read. */
	Batch &flush();

	/** @brief Also keeps other batches out during poll() and delay(). Needs writing. */
	Batch &hold(bool on = true) noexcept;

	/**
	 * @brief The time for the whole batch, waiting for other batches included; at most
	 * 10 s, and not less than any single poll or all delays together. 0: no waiting.
	 *
	 * Default: the sum of its own waits plus one second, but at most 10 s.
	 */
	Batch &timeout(std::chrono::nanoseconds time);

	/** @brief The number of operations so far, which is the index of the next one. */
	std::size_t size() const noexcept;

	/**
	 * @brief Runs it. An empty batch opens and does nothing.
	 *
	 * Opens the device if it is not open; for writing only if there is something
	 * to write, or with hold().
	 *
	 * @throws BatchError: an operation failed; also ETIMEDOUT at operation 0, if other
	 * batches kept this one waiting too long. Cause::interrupted: interrupted by a
	 * signal; the rest was not run, since other batches may have run in between.
	 * Cause::reset: the device was reset in between. Error as Device::open() does.
	 */
	BatchResult run();

private:
	Batch &add(const Bar &bar, const pcipeek_op &op);
	Batch &add(const pcipeek_op &op);
	std::uint64_t budget() const;

	Device device_;
	std::vector<pcipeek_op> ops_;
	std::optional<std::chrono::nanoseconds> timeout_;
	bool hold_ = false;
};

} // namespace pcipeek
