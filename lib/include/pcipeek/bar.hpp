// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include <pcipeek/export.hpp>

#include <cstdint>
#include <memory>
#include <optional>

namespace pcipeek {

class Device;

namespace detail {
class Attachment;
}

/** @brief The address space that a BAR is in. */
enum class BarType : std::uint8_t {
	mem, /**< Memory: MMIO. Accesses of 8, 16, 32 and 64 bits. */
	io, /**< I/O ports. Accesses of 8, 16 and 32 bits. */
};

/**
 * @brief A BAR that the device has and the kernel could not give an address to.
 *
 * Nothing can access it. The kernel's log says what was in the way.
 */
struct UnassignedBar {
	/** The BAR number, 0 to 5. */
	unsigned index = 0;
	BarType type = BarType::mem;
	/** In bytes; nullopt if the kernel has forgotten it, and only the register is left. */
	std::optional<std::uint64_t> size = {};
	bool prefetchable = false;
	/** The size of the register itself, 32 or 64 bits. */
	unsigned bits = 32;

	bool operator==(const UnassignedBar &) const = default;
};

/**
 * @brief One base address register (BAR) of a device, and the region behind it.
 *
 * A handle with value semantics: it shares ownership of its device, so a Bar may
 * outlive the Device and the vector that it came from. Copies are the same BAR,
 * and share one open file. A Bar is never empty; moving from one copies it.
 *
 * What it says was read from sysfs by lspci(), and does not change. The kernel
 * knows the truth, and checks every access against it once more.
 *
 * All functions may be called from any thread.
 */
class PCIPEEK_API Bar {
public:
	Bar(const Bar &) = default;
	Bar &operator=(const Bar &) = default;

	/** @brief The BAR number, 0 to 5, as in the device's documentation. */
	unsigned index() const noexcept
	{
		return index_;
	}

	BarType type() const noexcept
	{
		return type_;
	}

	/**
	 * @brief Where the region begins: a physical address, or a port number.
	 *
	 * For people to compare with other tools. No function of this library takes
	 * it; offsets count from the beginning of the BAR.
	 */
	std::uint64_t addr() const noexcept
	{
		return addr_;
	}

	/** @brief The length of the region in bytes; never 0. */
	std::uint64_t size() const noexcept
	{
		return size_;
	}

	/** @brief Whether reads have no side effects, as the device declares it. */
	bool prefetchable() const noexcept
	{
		return prefetchable_;
	}

	/**
	 * @brief Whether the register itself has 64 bits, not 32. Never true of an I/O BAR.
	 *
	 * A 64-bit BAR takes the number after its own, too: of a device with a 64-bit
	 * BAR 0 there is no BAR 1. This is not the width of accesses.
	 */
	bool is_64bit() const noexcept
	{
		return bits_ == 64;
	}

	/** @brief The device that it belongs to. */
	Device device() const;

	/** @cond For the library itself. */
	struct Region {
		std::uint64_t addr = 0;
		std::uint64_t size = 0;
		BarType type = BarType::mem;
		bool prefetchable = false;
		std::uint8_t bits = 32;
	};
	Bar(std::shared_ptr<detail::Attachment> attachment, unsigned index,
	    const Region &region) noexcept;
	detail::Attachment &attachment() const noexcept
	{
		return *attachment_;
	}
	/** @endcond */

private:
	std::shared_ptr<detail::Attachment> attachment_;
	std::uint64_t addr_;
	std::uint64_t size_;
	std::uint8_t index_;
	BarType type_;
	bool prefetchable_;
	std::uint8_t bits_;
};

} // namespace pcipeek
