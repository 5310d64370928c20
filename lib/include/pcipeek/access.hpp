// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include <pcipeek/bar.hpp>
#include <pcipeek/export.hpp>
#include <pcipeek/masked.hpp>
#include <pcipeek/width.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <type_traits>
#include <vector>

/**
 * @file
 * @brief Reading and writing the registers behind a BAR.
 *
 * Works the same for memory and I/O-port BARs. Offsets are in bytes from the start
 * of the BAR. Values are numbers in the CPU's byte order. Byte strings are the
 * device's bytes in ascending order; PCI is little-endian.
 *
 * Range and alignment are checked before the first access, here and again in the
 * kernel. An access is made exactly once, with exactly the stated width; none is
 * split, merged or repeated.
 *
 * The first access opens the device; see Device. Writes are posted: they
 * have left the CPU when the function returns, and may arrive later. A read from
 * the device waits for them.
 *
 * All functions may be called from any thread, even on the same BAR. One access
 * is indivisible; two are not, except those of update().
 *
 * All functions throw
 * - BadAccessError: the access is outside the BAR. Nothing was accessed.
 * - Error EINVAL, Cause::misaligned: the offset, or the size of a byte string, is not a
 *   multiple of the width. Nothing was accessed.
 * - Error EOPNOTSUPP, Cause::unsupported: the BAR or the CPU cannot do this width.
 * - Error EIO, Cause::decode_off, address_lost, path_closed, asleep or offline: the
 *   device cannot answer. Data that is returned, even 0xffffffff, came from a device
 *   that answers.
 * - Error ENODEV, Cause::gone; EAGAIN, Cause::reset.
 * - Error EACCES, Cause::no_right: a write to a device that was opened for reading.
 * - Error EPERM, Cause::lockdown; at the first access also what Device::open() throws.
 */
namespace pcipeek {

/**
 * @brief One read of a width that is known at run time.
 * @return The value, zero-extended.
 */
PCIPEEK_API std::uint64_t read_value(const Bar &bar, std::uint64_t offset, Width width);

/**
 * @brief One write of a width that is known at run time.
 * @throws Error EINVAL, Cause::invalid: the value does not fit the width.
 */
PCIPEEK_API void write_value(const Bar &bar, std::uint64_t offset, Width width,
			     std::uint64_t value);

/** @cond For the templates below. */
namespace detail {

/* False, but not before T is known. */
template <class T>
inline constexpr bool is_refused = false;

/* Numbers whose type is no width, or one that is always named. */
template <class T>
concept NoWidth = (std::is_arithmetic_v<T> ||
		   std::is_enum_v<T>)&&(!RegisterValue<T> || sizeof(T) == sizeof(std::uint64_t));

} // namespace detail
/** @endcond */

/**
 * @brief One read. T sets the width and is always named: read<std::uint32_t>(bar, 0x0c).
 */
template <RegisterValue T>
T read(const Bar &bar, std::uint64_t offset)
{
	return static_cast<T>(read_value(bar, offset, width_of<T>));
}

/**
 * @brief One write of 8, 16 or 32 bits. The type of the value sets the width:
 * write(bar, 0x04, std::uint8_t{1}), or write<std::uint8_t>(bar, 0x04, 1).
 *
 * Takes exactly std::uint8_t, std::uint16_t and std::uint32_t; an int does not
 * compile, since its width would not be visible at the call.
 */
template <RegisterValue T>
	requires(sizeof(T) < sizeof(std::uint64_t))
void write(const Bar &bar, std::uint64_t offset, T value)
{
	write_value(bar, offset, width_of<T>, value);
}

/**
 * @brief One write of 64 bits. The type is never deduced, so a std::size_t
 * cannot silently become a 64-bit access: write<std::uint64_t>(bar, 0x10, v).
 */
template <std::same_as<std::uint64_t> T>
void write(const Bar &bar, std::uint64_t offset, std::type_identity_t<T> value)
{
	write_value(bar, offset, Width::w64, value);
}

/** @cond Calls whose width is not visible: they do not compile, and the compiler says why. */
template <int None = 0>
void read(const Bar &, std::uint64_t)
{
	static_assert(detail::is_refused<std::integral_constant<int, None>>,
		      "name the width of the access: read<std::uint32_t>(bar, offset)");
}

template <class T>
	requires(!RegisterValue<T>)
T read(const Bar &, std::uint64_t)
{
	static_assert(
		detail::is_refused<T>,
		"a register is a std::uint8_t, 16, 32 or 64: read<std::uint32_t>(bar, offset)");
	return {};
}

/* The int before T keeps them from being called with a type: write<std::uint64_t>(...). */
template <int = 0, detail::NoWidth T>
void write(const Bar &, std::uint64_t, T)
{
	static_assert(detail::is_refused<T>,
		      "name the width of the access: write<std::uint32_t>(bar, offset, value)");
}

template <class T>
	requires(!RegisterValue<T>)
void write(const Bar &, std::uint64_t, std::type_identity_t<T>)
{
	static_assert(detail::is_refused<T>, "a register is a std::uint8_t, 16, 32 or 64: "
					     "write<std::uint32_t>(bar, offset, value)");
}
/** @endcond */

/**
 * @brief Reads size bytes, in ascending, naturally aligned accesses of at most 32 bits.
 *
 * Each step uses the widest access of 8, 16 or 32 bits that is aligned and not too
 * long: 7 bytes at offset 1 are read as 8 bits at 1, 16 at 2 and 32 at 4. A size
 * of 0 accesses nothing, but the offset must not be past the end of the BAR.
 */
PCIPEEK_API std::vector<std::byte> read(const Bar &bar, std::uint64_t offset, std::size_t size);

/**
 * @brief Fills the buffer by ascending accesses of exactly that width.
 *
 * Allocates nothing.
 */
PCIPEEK_API void read(const Bar &bar, std::uint64_t offset, std::span<std::byte> buffer,
		      Width width);

/** @brief Writes bytes, with accesses chosen like those of read(bar, offset, size). */
PCIPEEK_API void write(const Bar &bar, std::uint64_t offset, std::span<const std::byte> data);

/** @brief Writes bytes by ascending accesses of exactly that width. */
PCIPEEK_API void write(const Bar &bar, std::uint64_t offset, std::span<const std::byte> data,
		       Width width);

/**
 * @brief Changes some bits of a register by one read and one write, with no update() and
 * no writing batch of any process in between:
 * update(bar, 0x10, {.value = 0x5, .mask = 0xf}).
 *
 * Plain writes and mappings take no part in this. Waits for others for at most a
 * second.
 *
 * @return The old value of the whole register.
 * @throws Error EINVAL, Cause::invalid: value or mask do not fit the width; ETIMEDOUT,
 * Cause::timed_out: others kept it waiting too long; EACCES, Cause::no_right.
 */
PCIPEEK_API std::uint64_t update(const Bar &bar, std::uint64_t offset, const Masked &masked,
				 Width width = Width::w32);

/**
 * @brief Reads a 64-bit counter that has two 32-bit registers: the high one, the low one,
 * and the high one again; the last two are repeated while the high one changes.
 *
 * The two halves then belong together, even on buses and CPUs without 64-bit accesses.
 *
 * @throws Error EIO, Cause::other: the high one changes at every read; it is not a counter.
 */
PCIPEEK_API std::uint64_t read_counter64(const Bar &bar, std::uint64_t offset_low,
					 std::uint64_t offset_high);

/** @cond For the templates below. */
namespace detail {
PCIPEEK_API void read_elements(const Bar &bar, std::uint64_t offset, Width width, void *values,
			       std::size_t count);
PCIPEEK_API void write_elements(const Bar &bar, std::uint64_t offset, Width width,
				const void *values, std::size_t count);
PCIPEEK_API void fill_elements(const Bar &bar, std::uint64_t offset, Width width,
			       std::uint64_t value, std::uint64_t count);
} // namespace detail
/** @endcond */

/**
 * @brief Reads values.size() registers upwards from offset, one access of T's width
 * each, in order, with one call into the kernel (for each 16 MiB):
 * read_block<std::uint32_t>(bar, 0x100, samples), with any array or vector of T.
 *
 * A signal handler may run in between; the block then continues, and no access is
 * repeated. If it throws, the registers below Error::offset() were read, and the rest
 * of values is undefined.
 *
 * @throws Error EAGAIN, Cause::reset, also if the device was reset in between.
 */
template <RegisterValue T>
void read_block(const Bar &bar, std::uint64_t offset, std::span<T> values)
{
	detail::read_elements(bar, offset, width_of<T>, values.data(), values.size());
}

/** @brief Writes registers; otherwise like read_block(). */
template <RegisterValue T>
void write_block(const Bar &bar, std::uint64_t offset, std::span<const T> values)
{
	detail::write_elements(bar, offset, width_of<T>, values.data(), values.size());
}

/**
 * @brief Writes the same value to count registers upwards from offset; otherwise like
 * write_block(). The type of the value sets the width: fill(bar, 0, std::uint32_t{0}, 16).
 */
template <RegisterValue T>
	requires(sizeof(T) < sizeof(std::uint64_t))
void fill(const Bar &bar, std::uint64_t offset, T value, std::uint64_t count)
{
	detail::fill_elements(bar, offset, width_of<T>, value, count);
}

/** @brief The same with 64 bits, always named: fill<std::uint64_t>(bar, 0, 0, 16). */
template <std::same_as<std::uint64_t> T>
void fill(const Bar &bar, std::uint64_t offset, std::type_identity_t<T> value, std::uint64_t count)
{
	detail::fill_elements(bar, offset, Width::w64, value, count);
}

/** @cond See write(). */
template <int = 0, detail::NoWidth T>
void fill(const Bar &, std::uint64_t, T, std::uint64_t)
{
	static_assert(
		detail::is_refused<T>,
		"name the width of the accesses: fill<std::uint32_t>(bar, offset, value, count)");
}
/** @endcond */

} // namespace pcipeek
