// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include <pcipeek/address.hpp>
#include <pcipeek/device.hpp>
#include <pcipeek/export.hpp>

#include <concepts>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <utility>
#include <vector>

namespace pcipeek {

/**
 * @brief A 16-bit PCI id, checked.
 *
 * Made from any integer, without a cast. A number that is no id throws: 0x11470
 * does not quietly become 0x1470.
 */
class Id {
public:
	/** @throws std::out_of_range if the value is not in 0 to 0xffff. */
	template <std::integral T>
		requires(!std::same_as<T, bool>)
	constexpr Id(T value) : value_{static_cast<std::uint16_t>(value)}
	{
		if (value < 0 || static_cast<std::uintmax_t>(value) > 0xffff)
			throw std::out_of_range{"a PCI id has 16 bits: 0 to 0xffff"};
	}

	constexpr std::uint16_t value() const noexcept
	{
		return value_;
	}

	bool operator==(const Id &) const = default;

private:
	std::uint16_t value_;
};

/**
 * @brief Which devices lspci() returns: those that match every field that is set.
 *
 *     lspci({.vendor = 0x1147, .device = 3214})
 *     lspci({.class_code = 0x020000, .class_mask = 0xff0000})   // network controllers
 */
struct Filter {
	std::optional<Id> vendor = {};
	std::optional<Id> device = {};
	std::optional<Id> subsystem_vendor = {};
	std::optional<Id> subsystem = {};
	std::optional<Address> address = {};
	/** 24 bits, compared in the bits that are set in class_mask. */
	std::optional<std::uint32_t> class_code = {};
	std::uint32_t class_mask = 0xffffff;
};

/**
 * @brief The PCI devices of this machine, sorted by address.
 *
 * From sysfs: needs no right and no module, opens no device, and
 * accesses none. A device that vanishes while it is looked at is left out. The
 * result may be empty: no device matches, or the machine has none.
 *
 * May be called from any thread.
 *
 * @throws Error ENOENT, Cause::no_sysfs: /sys is not mounted, or shows no PCI bus (in a
 * container, for example), so that nobody can tell which devices there are.
 */
PCIPEEK_API std::vector<Device> lspci(const Filter &filter = {});

} // namespace pcipeek
