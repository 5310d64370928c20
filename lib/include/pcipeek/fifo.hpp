// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include <pcipeek/bar.hpp>
#include <pcipeek/error.hpp>
#include <pcipeek/export.hpp>
#include <pcipeek/width.hpp>

#include <cstddef>
#include <cstdint>
#include <span>

/**
 * @file
 * @brief FIFOs: many accesses of one register.
 */
namespace pcipeek {

/**
 * @brief A transfer to or from a FIFO ended early.
 *
 * What was read from a FIFO is gone from it, so how far it came matters: done() tells.
 * All else is as in the Error that a single access would have thrown.
 */
class PCIPEEK_API FifoError : public Error {
public:
	/** @cond For the library itself. */
	FifoError(Details details, std::size_t done);
	/** @endcond */
	FifoError(const FifoError &) noexcept;
	FifoError &operator=(const FifoError &) noexcept;
	~FifoError() override;

	/** @brief How many accesses were made, each once; so many values are valid. */
	std::size_t done() const noexcept;

private:
	std::size_t done_;
};

/** @cond For the templates below. */
namespace detail {
PCIPEEK_API void read_fifo(const Bar &bar, std::uint64_t offset, Width width, void *values,
			   std::size_t count);
PCIPEEK_API void write_fifo(const Bar &bar, std::uint64_t offset, Width width, const void *values,
			    std::size_t count);
} // namespace detail
/** @endcond */

/**
 * @brief Reads the register at offset values.size() times, by accesses of T's width, in
 * order, with one call into the kernel (for each 16 MiB):
 * read_fifo<std::uint32_t>(bar, 0x40, samples), with any array or vector of T.
 *
 * Nothing tells here whether the FIFO has so many values; read its level before. A
 * signal handler runs in between, and the transfer goes on; no access is repeated.
 *
 * May be called from any thread.
 *
 * @throws FifoError once the first access was tried, also with Cause::reset if the device
 * was reset in between; before that BadAccessError and Error, as of access.hpp.
 */
template <RegisterValue T>
void read_fifo(const Bar &bar, std::uint64_t offset, std::span<T> values)
{
	detail::read_fifo(bar, offset, width_of<T>, values.data(), values.size());
}

/** @brief Writes the values to the register at offset, one by one; as read_fifo(). */
template <RegisterValue T>
void write_fifo(const Bar &bar, std::uint64_t offset, std::span<const T> values)
{
	detail::write_fifo(bar, offset, width_of<T>, values.data(), values.size());
}

} // namespace pcipeek
