// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include <pcipeek/bar.hpp>
#include <pcipeek/export.hpp>
#include <pcipeek/width.hpp>

#include <bit>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <type_traits>

namespace pcipeek {

/** @cond */
namespace detail {

class MappedPages;

/** From the device's byte order, which is little-endian, to the CPU's, or back. */
template <RegisterValue T>
constexpr T little_endian(T value) noexcept
{
	if constexpr (std::endian::native == std::endian::little || sizeof(T) == 1)
		return value;
	else if constexpr (sizeof(T) == 2)
		return __builtin_bswap16(value);
	else if constexpr (sizeof(T) == 4)
		return __builtin_bswap32(value);
	else
		return __builtin_bswap64(value);
}

} // namespace detail
/** @endcond */

/**
 * @brief One register of a Mapping, which was checked when this was made: see
 * Mapping::at(). A pointer by nature: valid as long as the Mapping.
 */
template <RegisterValue T>
class MappedRegister {
public:
	/** @brief One load instruction of T's width. */
	T load() const noexcept
	{
		return detail::little_endian(*address_);
	}

	/** @brief One store instruction of T's width. */
	void store(std::type_identity_t<T> value) const noexcept
	{
		*address_ = detail::little_endian<T>(value);
	}

	/** @cond For Mapping. */
	explicit MappedRegister(volatile T *address) noexcept : address_{address}
	{
	}
	/** @endcond */

private:
	volatile T *address_;
};

/** @brief How a Mapping is made. */
struct MappingOptions {
	/** For stores, too. */
	bool write = false;
	/**
	 * Write-combining: stores may be merged, delayed and reordered, which makes bulk
	 * transfers fast and registers unusable. For prefetchable BARs of a device that
	 * was opened with {.write = true, .exclusive = true, .map = true}. While it
	 * lasts, all other accesses of the BAR are EOPNOTSUPP.
	 */
	bool write_combining = false;
};

/**
 * @brief A part of a memory BAR, mapped into this process: loads and stores go to the
 * device without the kernel in between.
 *
 * For bulk data and tight loops. What the kernel promises of an access by read() and
 * write() is not promised here: a device that does not answer is not noticed (loads are
 * all ones), and a SIGBUS ends the process when the device is removed, revoked, or
 * touched during a reset. A forked child has no mapping.
 *
 * Granted devices only, and whole pages inside the BAR: a BAR smaller than a page cannot be
 * mapped, nor an incomplete page at its end. Opens the device for mapping, unless open()
 * did; what was opened without {.map = true} is not widened.
 *
 * load() and store() are one instruction of exactly T's width each; the compiler neither
 * merges nor drops nor reorders them against each other. The CPU keeps their order for
 * uncached mappings on x86; elsewhere, and for write-combining, put std::atomic_thread_fence
 * or the CPU's own barrier in between where order matters.
 *
 * Move-only; a Mapping that another was made from is empty: data() is null, size() 0. It
 * keeps its device open. load() and store() may be called from any thread.
 */
class PCIPEEK_API Mapping {
public:
	/**
	 * @brief Maps length bytes of the BAR from offset on; a length of 0: to the end of
	 * what can be mapped.
	 *
	 * Neither need be a multiple of the page size.
	 *
	 * @throws BadAccessError: not inside the BAR; Error EOPNOTSUPP, Cause::unsupported:
	 * the BAR, or that part of it, cannot be mapped, or not write-combining; Error
	 * EACCES, Cause::no_right: the device was opened without the right; Error EBUSY:
	 * the BAR is in use in another mode; and what Device::open() throws.
	 */
	explicit Mapping(const Bar &bar, std::uint64_t offset = 0, std::uint64_t length = 0,
			 const MappingOptions &options = {});
	Mapping(Mapping &&other) noexcept;
	Mapping &operator=(Mapping &&other) noexcept;
	~Mapping();

	/** @brief The bytes of the device; what is at data() is at the offset of the BAR. */
	volatile std::byte *data() const noexcept
	{
		return data_;
	}

	/** @brief Bytes from data() on. */
	std::size_t size() const noexcept
	{
		return size_;
	}

	/**
	 * @brief One load of T's width, offset bytes after data(). Unchecked: it must be
	 * inside, and its offset in the BAR a multiple of the width.
	 */
	template <RegisterValue T>
	T load(std::size_t offset) const noexcept
	{
		return unchecked<T>(offset).load();
	}

	/**
	 * @brief One store of 8, 16 or 32 bits; the type of the value says which. Unchecked,
	 * as load(); in a mapping without write it is a SIGSEGV.
	 */
	template <RegisterValue T>
		requires(sizeof(T) < sizeof(std::uint64_t))
	void store(std::size_t offset, T value) const noexcept
	{
		unchecked<T>(offset).store(value);
	}

	/** @brief One store of 64 bits, always named: store<std::uint64_t>(0x10, v). */
	template <std::same_as<std::uint64_t> T>
	void store(std::size_t offset, std::type_identity_t<T> value) const noexcept
	{
		unchecked<T>(offset).store(value);
	}

	/**
	 * @brief One register, checked now, and then used without a check as often as wanted:
	 *
	 *     auto status = mapping.at<std::uint32_t>(0x20);
	 *     while (status.load() & 1) {}
	 *
	 * @throws BadAccessError: not inside the mapping, with the addresses of the mapping;
	 * Error EINVAL, Cause::misaligned.
	 */
	template <RegisterValue T>
	MappedRegister<T> at(std::size_t offset) const
	{
		check(offset, width_of<T>);
		return unchecked<T>(offset);
	}

private:
	template <RegisterValue T>
	MappedRegister<T> unchecked(std::size_t offset) const noexcept
	{
		return MappedRegister<T>{reinterpret_cast<volatile T *>(data_ + offset)};
	}

	void check(std::size_t offset, Width width) const;

	Bar bar_;
	std::uint64_t offset_;
	std::unique_ptr<detail::MappedPages> pages_;
	volatile std::byte *data_;
	std::size_t size_;
};

} // namespace pcipeek
